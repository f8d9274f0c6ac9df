import { formatBytes } from '#components/ui/bytes.ts'
import { plural } from '#components/ui/plural.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { LayerDto } from '#lib/api/image.ts'

const ROWS = ['w-24', 'w-40', 'w-32', 'w-52', 'w-28', 'w-36', 'w-44', 'w-20'] as const

/** While layers are read: how much there is to read, and where the rows will be. */
export function ContentsWaiting({ layers }: { layers: readonly LayerDto[] | undefined }) {
  const sizeBytes = layers?.reduce((sum, layer) => sum + layer.sizeBytes, 0) ?? 0
  return (
    <div className="mt-5" aria-busy="true">
      <p role="status" className="text-muted">
        {layers === undefined
          ? 'Looking the image up…'
          : `Reading ${plural(layers.length, 'layer')}, ${formatBytes(sizeBytes)} compressed. The first time they stream from the registry; then they are remembered by digest.`}
      </p>
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
