import { Skeleton } from '#components/ui/skeleton.tsx'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { shortPlatform } from './tag-rows-model.ts'

const ROWS = ['w-16', 'w-20', 'w-14', 'w-24', 'w-18', 'w-12', 'w-22', 'w-15'] as const

/** Where the table will be. */
export function TagTableSkeleton() {
  return (
    <div className="card overflow-hidden" aria-busy="true">
      <div className="flex h-[37px] items-center justify-between border-line border-b bg-sunken px-3.5 font-[550] text-muted text-note">
        <span>Tag</span>
        <span className="flex gap-6 sm:gap-12">
          {PRIMARY_PLATFORMS.map((platform) => (
            <span key={platform}>{shortPlatform(platform)}</span>
          ))}
        </span>
      </div>
      {ROWS.map((width) => (
        <div
          key={width}
          className="flex h-[41px] items-center justify-between border-line border-b px-3.5 last:border-b-0"
        >
          <Skeleton className={`h-3 ${width}`} />
          <Skeleton className="h-3 w-1/2" />
        </div>
      ))}
    </div>
  )
}
