import { type HistoryLine, historyLine } from '#components/image/history-line.ts'
import type { SizeBar } from '#components/image/size-chart.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import type { DiffResponse, LayerPairDto } from '#lib/api/diff.ts'
import { contentsPath } from '#lib/client/page-paths.ts'
import type { SideNames } from './side-names.ts'

/** Two layers side by side as the picture shows them. */
export interface LayerPairRow {
  readonly key: string
  /** Counted from 0, the base first; gives the pair its colour. */
  readonly position: number
  readonly pair: LayerPairDto
  /** Sizes relative to the largest layer of both sides, 0 to 1. */
  readonly fromShare: number
  readonly toShare: number
  /** What made them, for reading; absent where the history does not tell. */
  readonly line?: HistoryLine
  /** The steps in full, where they are not the same text. */
  readonly steps: readonly string[]
}

/** The rows of the picture, base first. */
export function layerPairRows(pairs: readonly LayerPairDto[]): LayerPairRow[] {
  const largest = Math.max(1, ...pairs.flatMap(({ from, to }) => [from?.sizeBytes ?? 0, to?.sizeBytes ?? 0]))
  return pairs.map((pair, at) => {
    const { from, to } = pair
    const step = to?.createdBy ?? from?.createdBy
    return {
      key: String(at),
      position: at,
      pair,
      fromShare: (from?.sizeBytes ?? 0) / largest,
      toShare: (to?.sizeBytes ?? 0) / largest,
      ...(step === undefined ? {} : { line: historyLine(step) }),
      steps: [...new Set([from?.createdBy, to?.createdBy])].filter((each) => each !== undefined),
    }
  })
}

/** The layers of both sides as bars of one scale; layers that stand side by side have one colour. */
export function layerBars(
  { from, to }: Pick<DiffResponse, 'from' | 'to'>,
  pairs: readonly LayerPairDto[],
  names: SideNames,
): SizeBar[] {
  return (['from', 'to'] as const).map((side) => {
    const { reference, platform } = side === 'from' ? from : to
    return {
      key: side,
      name: names[side],
      href: contentsPath(reference, platform, 'layers'),
      layers: pairs.flatMap((pair, at) => {
        const layer = pair[side]
        if (layer === undefined) return []
        const step = layer.createdBy === undefined ? 'no history line' : stepText(layer.createdBy)
        return [{ sizeBytes: layer.sizeBytes, colour: at, title: `${formatBytes(layer.sizeBytes)}: ${step}` }]
      }),
    }
  })
}

function stepText(createdBy: string): string {
  const { instruction, rest } = historyLine(createdBy)
  return `${instruction} ${rest}`.trim()
}

/** `1 shared, 2 of the same step, 1 only in linux/amd64` */
export function layerPairsText(pairs: readonly LayerPairDto[], from: string, to: string): string {
  const count = (relation: LayerPairDto['relation']) =>
    pairs.filter((pair) => pair.relation === relation).length
  const told = [
    [count('shared'), 'shared'],
    [count('same-command'), 'of the same step'],
    [count('only-from'), `only in ${from}`],
    [count('only-to'), `only in ${to}`],
  ] as const
  return told
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ')
}
