import { cn } from '#components/ui/cn.ts'

/** A size as a bar, relative to the largest beside it. Decorative: the number stands next to it. */
export function ShareBar({ share, className }: { share: number; className?: string }) {
  return (
    <span aria-hidden="true" className={cn('block h-1.5 overflow-hidden rounded-full bg-sunken', className)}>
      <span
        className="block h-full rounded-full bg-accent opacity-75"
        style={{ width: `${share === 0 ? 0 : Math.max(2, share * 100)}%` }}
      />
    </span>
  )
}
