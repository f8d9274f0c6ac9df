import { ReadingNotice } from '#components/diff/reading-notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { LayerDto } from '#lib/api/image.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'

const ROWS = ['w-24', 'w-40', 'w-32', 'w-52', 'w-28', 'w-36', 'w-44', 'w-20'] as const

interface ContentsWaitingProps {
  readonly layers: readonly LayerDto[] | undefined
  readonly progress?: ReadingProgress | undefined
}

/** While layers are read: how much there is to read and how far it is, and where the rows will be. */
export function ContentsWaiting({ layers, progress }: ContentsWaitingProps) {
  const sizes = new Map(layers?.map(({ digest, sizeBytes }) => [digest, sizeBytes]))
  const sizeBytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  return (
    <div className="mt-5" aria-busy="true">
      {layers === undefined ? (
        <p role="status" className="text-muted">
          Looking the image up…
        </p>
      ) : (
        <ReadingNotice count={sizes.size} sizeBytes={sizeBytes} progress={progress} />
      )}
      <div className="card mt-3 overflow-hidden">
        <div className="h-[37px] border-line border-b bg-sunken" />
        {ROWS.map((width) => (
          <div key={width} className="flex h-[37px] items-center justify-between px-3.5">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-3 w-16" />
          </div>
        ))}
      </div>
    </div>
  )
}
