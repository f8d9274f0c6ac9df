import { canonicalPlatform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-words.ts'
import type { DiffSide, SideLayer } from './diff-side.ts'

/** Two layers side by side, or one with nothing beside it. Positions count from 0, base first. */
export interface LayerPair {
  /** `shared`: the same content. `same-command`: made by the same step, with other content. */
  readonly relation: 'shared' | 'same-command' | 'only-from' | 'only-to'
  readonly from?: number
  readonly to?: number
}

/**
 * Aligns the layers of two images, in order: the same content first, else the same step of the build, once the
 * architectures' names and digests are taken out of its text. What fits nothing stands alone.
 */
export function alignLayers(from: DiffSide, to: DiffSide): LayerPair[] {
  const left = from.layers.map((layer) => keyOf(layer, from))
  const right = to.layers.map((layer) => keyOf(layer, to))
  const best = scores(left, right)
  const pairs: LayerPair[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const worth = weight(left[i], right[j])
    if (worth > 0 && at(best, i, j) === worth + at(best, i + 1, j + 1)) {
      pairs.push({ relation: worth === SAME_CONTENT ? 'shared' : 'same-command', from: i++, to: j++ })
    } else if (i < left.length && at(best, i, j) === at(best, i + 1, j)) {
      pairs.push({ relation: 'only-from', from: i++ })
    } else {
      pairs.push({ relation: 'only-to', to: j++ })
    }
  }
  return pairs
}

interface LayerKey {
  readonly digest: string
  readonly diffId: string | undefined
  readonly command: string | undefined
}

const SAME_CONTENT = 3
const SAME_COMMAND = 2

function keyOf(layer: SideLayer, side: DiffSide): LayerKey {
  const { architecture } = canonicalPlatform(side.platform)
  const command = layer.createdBy && withoutDigests(withoutArchitecture(layer.createdBy, architecture)).trim()
  return { digest: layer.digest, diffId: layer.diffId, command: command || undefined }
}

/** `ADD file:3f2a… in /` and checksums within a step differ with the content. */
function withoutDigests(text: string): string {
  return text.replace(/\b[0-9a-f]{32,128}\b/g, '{digest}')
}

function weight(left: LayerKey | undefined, right: LayerKey | undefined): number {
  if (left === undefined || right === undefined) return 0
  if (left.digest === right.digest || (left.diffId !== undefined && left.diffId === right.diffId))
    return SAME_CONTENT
  return left.command !== undefined && left.command === right.command ? SAME_COMMAND : 0
}

/** `best[i][j]`: the highest worth that the layers from `i` and `j` on can reach. */
function scores(left: readonly LayerKey[], right: readonly LayerKey[]): readonly Uint32Array[] {
  const best = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1))
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const worth = weight(left[i], right[j])
      const paired = worth > 0 ? worth + at(best, i + 1, j + 1) : 0
      ;(best[i] as Uint32Array)[j] = Math.max(paired, at(best, i + 1, j), at(best, i, j + 1))
    }
  }
  return best
}

function at(best: readonly Uint32Array[], i: number, j: number): number {
  return best[i]?.[j] ?? 0
}
