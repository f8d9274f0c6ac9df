import { historyLine } from '#components/image/history-line.ts'
import type { LayerDto } from '#lib/api/image.ts'

const HUE_STEP = 67

/** What made a layer, for reading; says so where nobody wrote it down. */
export function layerCommand(layers: readonly LayerDto[], layer: number): string {
  const createdBy = layers[layer]?.createdBy
  if (createdBy === undefined) return 'no history line'
  const { instruction, rest } = historyLine(createdBy)
  return `${instruction} ${rest}`.trim()
}

/** The colour of a layer wherever it is shown. */
export function layerColour(layer: number): string {
  return `hsl(${(210 + layer * HUE_STEP) % 360} 55% 55%)`
}

/** The number of a layer, counted from 1, beside its colour; its command on hover. */
export function LayerMark({ layer, layers }: { layer: number; layers: readonly LayerDto[] }) {
  return (
    <span
      className="inline-flex items-center gap-1.5 tabular-nums"
      title={`Layer ${layer + 1}: ${layerCommand(layers, layer)}`}
    >
      <span
        aria-hidden="true"
        className="size-2.5 rounded-[3px]"
        style={{ background: layerColour(layer) }}
      />
      {layer + 1}
    </span>
  )
}
