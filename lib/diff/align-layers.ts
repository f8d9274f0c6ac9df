import type { DiffLayer, LayerPair } from './model.ts'

/** More layers than any engine runs; beyond, layers are paired by position. */
const ALIGN_LIMIT = 500

/**
 * Lays the layers of two images side by side: the same content, the same command with other content, or on one side
 * only; in order, as many pairs as possible (longest common subsequence). `nameOf` takes architectures out of commands.
 */
export function alignLayers(
  from: readonly DiffLayer[],
  to: readonly DiffLayer[],
  nameOf: { readonly from: (text: string) => string; readonly to: (text: string) => string },
): readonly LayerPair[] {
  const isSame = (a: number, b: number) => {
    const [left, right] = [from[a], to[b]]
    if (!left || !right) return false
    if (left.digest === right.digest) return true
    const [one, other] = [left.createdBy, right.createdBy]
    return one !== undefined && other !== undefined && nameOf.from(one) === nameOf.to(other)
  }
  const isLong = from.length > ALIGN_LIMIT || to.length > ALIGN_LIMIT
  const isNameless = [...from, ...to].every(({ createdBy }) => createdBy === undefined)
  const matched = isLong || isNameless ? byPosition(from, to) : longestCommon(from.length, to.length, isSame)
  const pairs: LayerPair[] = []
  let [a, b] = [0, 0]
  for (const [left, right] of [...matched, [from.length, to.length] as const]) {
    for (; a < left; a++) pairs.push({ relation: 'from-only', from: a })
    for (; b < right; b++) pairs.push({ relation: 'to-only', to: b })
    if (left < from.length && right < to.length) {
      pairs.push({ relation: from[a]?.digest === to[b]?.digest ? 'shared' : 'changed', from: a++, to: b++ })
    }
  }
  return pairs
}

function byPosition(from: readonly unknown[], to: readonly unknown[]): (readonly [number, number])[] {
  return Array.from({ length: Math.min(from.length, to.length) }, (_, at) => [at, at] as const)
}

function longestCommon(
  rows: number,
  columns: number,
  isSame: (a: number, b: number) => boolean,
): (readonly [number, number])[] {
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1))
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0
  for (let row = rows - 1; row >= 0; row--) {
    const line = lengths[row]
    for (let column = columns - 1; line && column >= 0; column--) {
      line[column] = isSame(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (isSame(row, column) && at(row, column) === at(row + 1, column + 1) + 1) pairs.push([row++, column++])
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return pairs
}
