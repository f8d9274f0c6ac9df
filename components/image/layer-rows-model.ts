import type { ImagePlatformDto, LayerDto } from '#lib/api/image.ts'
import { type HistoryLine, historyLine } from './history-line.ts'

/** One row: a layer, or a step that only changed the config. */
export interface LayerRow {
  readonly key: string
  /** What made it, for reading. */
  readonly line?: HistoryLine
  /** What made it, in full. */
  readonly createdBy?: string
  readonly created?: string
  readonly comment?: string
  readonly layer?: LayerDto
  /** Counted from 1, among the layers. */
  readonly position?: number
  /** Size relative to the largest layer, 0 to 1. */
  readonly share?: number
}

/** The layers of an image with the history that made them. */
export interface LayerRows {
  readonly rows: readonly LayerRow[]
  /** Rows left out because there are too many to look at. */
  readonly omitted: number
  /** Set when the history tells of another number of layers than there are: then no line is given to any layer. */
  readonly mismatch?: { readonly steps: number; readonly layers: number }
}

const MAX_ROWS = 300

type Step = ImagePlatformDto['history'][number]

/**
 * Joins layers and history: steps in order, each with the layer it made. Where the two do not count the same, which line
 * made which layer is not known, so the layers come first and the steps after them, unjoined.
 */
export function layerRows({ layers, history }: Pick<ImagePlatformDto, 'layers' | 'history'>): LayerRows {
  const steps = history.filter((step) => step.layer !== undefined).length
  const largest = Math.max(1, ...layers.map((layer) => layer.sizeBytes))
  const row = (step: Step | undefined, layer: number | undefined, at: number) =>
    layerRow(step, layers, layer, largest, at)
  const isJoined = steps === layers.length
  const all = isJoined
    ? history.map((step, at) => row(step, step.layer, at))
    : [
        ...layers.map((_, at) => row(undefined, at, at)),
        ...history.map((step, at) => row(step, undefined, layers.length + at)),
      ]
  return {
    rows: all.slice(0, MAX_ROWS),
    omitted: Math.max(0, all.length - MAX_ROWS),
    ...(isJoined || history.length === 0 ? {} : { mismatch: { steps, layers: layers.length } }),
  }
}

function layerRow(
  step: Step | undefined,
  layers: readonly LayerDto[],
  at: number | undefined,
  largest: number,
  row: number,
): LayerRow {
  const layer = at === undefined ? undefined : layers[at]
  const createdBy = step?.createdBy
  return {
    key: `${row}`,
    ...(createdBy === undefined ? {} : { createdBy, line: historyLine(createdBy) }),
    ...(step?.created === undefined ? {} : { created: step.created }),
    ...(step?.comment === undefined ? {} : { comment: step.comment }),
    ...(layer === undefined || at === undefined
      ? {}
      : { layer, position: at + 1, share: layer.sizeBytes / largest }),
  }
}
