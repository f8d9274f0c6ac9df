import { Skeleton } from '#components/ui/skeleton.tsx'

const ROWS = ['w-64', 'w-48', 'w-72', 'w-56'] as const

/** Where the list of runs will be. */
export function RunsSkeleton() {
  return (
    <div className="card divide-y divide-line" aria-busy="true">
      {ROWS.map((width) => (
        <div key={width} className="flex h-[67px] items-center gap-10 px-[18px]">
          <Skeleton className="h-3 w-20" />
          <Skeleton className={`h-3 max-w-[40%] ${width}`} />
          <Skeleton className="ml-auto h-3 w-20" />
        </div>
      ))}
    </div>
  )
}
