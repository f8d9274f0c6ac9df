import { Skeleton } from '#components/ui/skeleton.tsx'

const ROWS = ['w-16', 'w-24', 'w-20', 'w-12', 'w-20'] as const

/** Where a history will be. */
export function HistorySkeleton() {
  return (
    <div className="card mt-8 divide-y divide-line" aria-busy="true">
      {ROWS.map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <div key={at} className="flex h-[60px] items-center gap-12 px-3.5">
          <Skeleton className={`h-3 ${width}`} />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-20 max-sm:hidden" />
          <Skeleton className="h-3 w-20 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}
