import { cn } from './cn.ts'

/** A grey bar where something will be. Give it a size; it is hidden from screen readers. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('skeleton inline-block', className)} />
}
