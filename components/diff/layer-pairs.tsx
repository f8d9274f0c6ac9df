import { useEffect } from 'react'
import { layerColour } from '#components/contents/layer-mark.tsx'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { ShareBar } from '#components/image/share-bar.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { useHash } from '#components/ui/use-hash.ts'
import { useViewOf } from '#components/ui/use-view-of.ts'
import type { LayerPairDto } from '#lib/api/diff.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { type LayerPairRow, layerPairRows } from './layer-pairs-model.ts'
import { lineHash } from './line-hash.ts'
import { LineLink } from './line-link.tsx'

const RELATIONS: Readonly<Record<LayerPairDto['relation'], { sign: string; word: string; title: string }>> = {
  shared: { sign: '=', word: 'shared', title: 'The same content on both sides' },
  'same-command': { sign: '≈', word: 'same step', title: 'Made by the same step, with other content' },
  'only-from': { sign: '←', word: 'only here', title: 'Nothing on the other side fits it' },
  'only-to': { sign: '→', word: 'only here', title: 'Nothing on the other side fits it' },
}

const GRID =
  'grid grid-cols-[minmax(0,1fr)_96px_minmax(0,1fr)] items-center gap-x-3 max-sm:grid-cols-[minmax(0,1fr)_76px_minmax(0,1fr)] max-sm:gap-x-1.5'

interface LayerPairsProps {
  readonly pairs: readonly LayerPairDto[]
  /** Names of the sides. */
  readonly from: string
  readonly to: string
}

/** The layers of both sides as a picture, base first: what is shared, what is of the same step, what is alone. */
export function LayerPairs({ pairs, from, to }: LayerPairsProps) {
  const rows = layerPairRows(pairs)
  const hash = useHash()
  return (
    <div className="card overflow-hidden">
      <div className={cn(GRID, 'bg-sunken px-3.5 py-2 text-label text-muted')}>
        <Total name={from} layers={pairs.map((pair) => pair.from)} isLeft />
        <span />
        <Total name={to} layers={pairs.map((pair) => pair.to)} />
      </div>
      <ol className="divide-y divide-line border-line border-t">
        {rows.map((row) => {
          const own = lineHash('layers', String(row.position + 1))
          return (
            <li
              key={row.key}
              aria-current={own === hash ? 'location' : undefined}
              className={cn('group/line', own === hash && 'bg-accent-soft')}
            >
              <Row row={row} names={{ from, to }} hash={own} isTarget={own === hash} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Total({
  name,
  layers,
  isLeft = false,
}: {
  name: string
  layers: readonly LayerPairDto['from'][]
  isLeft?: boolean
}) {
  const sizeBytes = layers.reduce((sum, layer) => sum + (layer?.sizeBytes ?? 0), 0)
  return (
    <span className={cn('flex min-w-0 flex-wrap justify-between gap-x-3', isLeft && 'flex-row-reverse')}>
      <span className="truncate">{name}</span>
      <span className="tabular-nums">{formatBytes(sizeBytes)}</span>
    </span>
  )
}

interface RowProps {
  readonly row: LayerPairRow
  readonly names: { readonly from: string; readonly to: string }
  /** Leads here. */
  readonly hash: string
  /** The address does: it is open and in view. */
  readonly isTarget: boolean
}

function Row({ row, names, hash, isTarget }: RowProps) {
  const place = useViewOf<HTMLDetailsElement>(hash, isTarget)
  useEffect(() => {
    if (isTarget && place.current) place.current.open = true
  }, [isTarget, place])
  const { pair, line, steps, fromShare, toShare } = row
  const relation = RELATIONS[pair.relation]
  return (
    <details ref={place} className="group/pair">
      <summary className="block px-3.5 py-2 -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        <span className={GRID}>
          <Layer layer={pair.from} share={fromShare} isShared={pair.relation === 'shared'} isLeft />
          <span
            title={relation.title}
            className={cn(
              'grid justify-items-center text-center text-note leading-tight',
              pair.relation === 'shared' || pair.relation === 'same-command' ? 'text-muted' : 'text-warn',
            )}
          >
            <span aria-hidden="true" className="mono flex items-center gap-1.5">
              <span className="size-2.5 rounded-[3px]" style={{ background: layerColour(row.position) }} />
              {relation.sign}
            </span>
            {relation.word}
          </span>
          <Layer layer={pair.to} share={toShare} isShared={pair.relation === 'shared'} />
        </span>
        <span className="mono mt-1 block truncate text-center text-muted">
          {line === undefined ? (
            'no history line'
          ) : (
            <>
              {line.instruction !== '' && <span className="font-semibold">{line.instruction} </span>}
              <ForeignText text={line.rest} maxLength={300} />
            </>
          )}
        </span>
      </summary>
      <div className="relative grid gap-2 border-line border-t bg-sunken/50 px-3.5 py-3">
        <span className="absolute top-2 right-2">
          <LineLink hash={hash} name={`layer ${row.position + 1}`} />
        </span>
        {steps.map((step) => (
          <p key={step} className="mono whitespace-pre-wrap break-words leading-[1.55]">
            <ForeignText text={step} />
          </p>
        ))}
        {(['from', 'to'] as const).map((side) => {
          const layer = pair[side]
          return (
            layer && (
              <p key={side} className="flex flex-wrap items-start gap-x-2">
                <span className="text-note leading-6">{names[side]}</span>
                <span className="mono min-w-0 break-all py-[3px]">{layer.digest}</span>
                <CopyButton text={layer.digest} label={`Copy digest of a layer of ${names[side]}`} />
              </p>
            )
          )
        })}
      </div>
    </details>
  )
}

interface LayerProps {
  readonly layer: LayerPairDto['from']
  readonly share: number
  readonly isShared: boolean
  readonly isLeft?: boolean
}

function Layer({ layer, share, isShared, isLeft = false }: LayerProps) {
  if (layer === undefined)
    return (
      <span className={cn('text-muted text-note', isLeft && 'text-right')}>
        <span className="sr-only">no layer</span>
        <span aria-hidden="true">—</span>
      </span>
    )
  return (
    <span className="grid min-w-0 gap-1">
      <span className={cn('flex items-baseline justify-between gap-x-2', isLeft && 'flex-row-reverse')}>
        <span className="whitespace-nowrap tabular-nums">{formatBytes(layer.sizeBytes)}</span>
        <span className="mono truncate text-muted max-sm:hidden" title={layer.digest}>
          {shortDigest(layer.digest)}
        </span>
      </span>
      {/* Both bars grow from the middle. */}
      <span className={cn(isLeft && '-scale-x-100')}>
        <ShareBar share={share} className={isShared ? 'opacity-60' : ''} />
      </span>
    </span>
  )
}
