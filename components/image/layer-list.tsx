import { ChevronRight } from 'lucide-react'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { plural } from '#components/ui/plural.ts'
import { fullTime } from '#components/ui/relative-time.ts'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { ForeignText } from './foreign-text.tsx'
import { type LayerRow, layerRows } from './layer-rows-model.ts'
import { mediaTypeName } from './media-type-name.ts'
import { ShareBar } from './share-bar.tsx'
import { SubSection } from './sub-section.tsx'

/** The layers of an image, lowest first, each with the history line that made it; steps without a layer stand dimmed. */
export function LayerList({ platform }: { platform: ImagePlatformDto }) {
  const { rows, omitted, mismatch } = layerRows(platform)
  const totalBytes = platform.layers.reduce((sum, layer) => sum + layer.sizeBytes, 0)
  return (
    <SubSection
      title="Layers and history"
      note={`${plural(platform.layers.length, 'layer')} · ${formatBytes(totalBytes)} compressed`}
    >
      {mismatch && (
        <p className="mb-2 text-note text-warn">
          The history tells of {plural(mismatch.steps, 'layer')} and there{' '}
          {mismatch.layers === 1 ? 'is' : 'are'} {mismatch.layers}: which line made which layer is not known.
        </p>
      )}
      {rows.length === 0 ? (
        <p className="card px-3.5 py-3 text-muted">No layers and no history: the image is empty.</p>
      ) : (
        <ol className="card divide-y divide-line overflow-hidden">
          {rows.map((row) => (
            <li key={row.key}>
              <Row row={row} />
            </li>
          ))}
        </ol>
      )}
      {omitted > 0 && (
        <p className="mt-1.5 text-muted text-note">
          and {plural(omitted, 'more', 'more')}; the API has them all
        </p>
      )}
    </SubSection>
  )
}

const GRID =
  'grid grid-cols-[22px_minmax(0,1fr)_56px_68px_88px_14px] items-center gap-x-2.5 max-sm:grid-cols-[22px_minmax(0,1fr)_68px_14px]'

function Row({ row }: { row: LayerRow }) {
  const { layer, line, position, share } = row
  return (
    <details className="group/layer">
      <summary
        className={cn(
          GRID,
          'px-3.5 py-[7px] -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden',
          layer === undefined && 'text-muted',
        )}
      >
        <span className="text-muted text-note tabular-nums">{position}</span>
        <span className="mono truncate">
          {line === undefined ? (
            <span className="text-muted">no history line</span>
          ) : (
            <>
              {line.instruction !== '' && <span className="font-semibold">{line.instruction} </span>}
              <ForeignText text={line.rest} maxLength={300} />
            </>
          )}
        </span>
        {layer === undefined ? (
          <span className="col-span-3 text-right text-note max-sm:col-span-1">
            <span className="max-sm:sr-only">no </span>
            <span className="max-sm:sr-only">layer</span>
          </span>
        ) : (
          <>
            <ShareBar share={share ?? 0} className="max-sm:hidden" />
            <span className="whitespace-nowrap text-right tabular-nums">{formatBytes(layer.sizeBytes)}</span>
            <span className="mono whitespace-nowrap text-right text-muted max-sm:hidden" title={layer.digest}>
              {shortDigest(layer.digest)}
            </span>
          </>
        )}
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-muted transition-transform group-open/layer:rotate-90"
        />
      </summary>
      <LayerDetails row={row} />
    </details>
  )
}

function LayerDetails({ row }: { row: LayerRow }) {
  const { layer, createdBy, created, comment } = row
  return (
    <div className="grid gap-2 border-line border-t bg-sunken/50 py-3 pr-3.5 pl-[46px] max-sm:pl-3.5">
      {createdBy !== undefined && (
        <p className="mono whitespace-pre-wrap break-words leading-[1.55]">
          <ForeignText text={createdBy} />
        </p>
      )}
      {layer && (
        <p className="flex items-start gap-1">
          <span className="mono min-w-0 break-all text-muted">{layer.digest}</span>
          <CopyButton
            text={layer.digest}
            label={`Copy digest of layer ${row.position}`}
            className="-my-[3px]"
          />
        </p>
      )}
      <p className="flex flex-wrap gap-x-4 text-muted text-note">
        {layer && (
          <span title={layer.mediaType}>
            <ForeignText text={mediaTypeName(layer.mediaType)} maxLength={200} />
          </span>
        )}
        {created !== undefined && (
          <span>
            made <ForeignText text={fullTime(created)} maxLength={60} />
          </span>
        )}
        {comment !== undefined && <ForeignText text={comment} maxLength={500} />}
      </p>
    </div>
  )
}
