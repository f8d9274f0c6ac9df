/** A run of lines that both texts have, in order. Positions count from 0. */
export interface LineMatch {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Which lines two texts share. */
export interface LineMatches {
  readonly matches: readonly LineMatch[]
  /** They are too unlike to be aligned in full: what lies between their equal ends counts as replaced. */
  readonly isRough: boolean
}

/** Bounds time and memory, both quadratic in it, whatever the texts are: 2,000 edits take 16 MB and some milliseconds. */
const EDITS_MAX = 2_000

/**
 * The longest common run of lines of two texts: equal ends first, then lines that only one side has are set apart, as
 * they fit nothing, and the rest is aligned. E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986).
 */
export function matchLines(from: readonly string[], to: readonly string[]): LineMatches {
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head++
  let tail = 0
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++
  const middle = alignMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail))
  const pairs = [
    { from: 0, to: 0, count: head },
    ...(middle ?? []).map(([x, y]) => ({ from: head + x, to: head + y, count: 1 })),
    { from: from.length - tail, to: to.length - tail, count: tail },
  ]
  return { matches: joined(pairs), isRough: middle === undefined }
}

function joined(pairs: readonly LineMatch[]): LineMatch[] {
  const runs: { from: number; to: number; count: number }[] = []
  for (const { from, to, count } of pairs) {
    const last = runs.at(-1)
    if (last && last.from + last.count === from && last.to + last.count === to) last.count += count
    else if (count > 0) runs.push({ from, to, count })
  }
  return runs
}

type Pair = readonly [from: number, to: number]

/** Lines that occur on both sides, by number, with the places they come from. */
interface Shared {
  readonly lines: Int32Array
  readonly places: readonly number[]
}

function alignMiddle(from: readonly string[], to: readonly string[]): Pair[] | undefined {
  const numbers = new Map<string, number>()
  for (const line of from) if (!numbers.has(line)) numbers.set(line, numbers.size)
  const there = new Set(to)
  const a = shared(from, (line) => (there.has(line) ? numbers.get(line) : undefined))
  const b = shared(to, (line) => numbers.get(line))
  return shortestEdit(a.lines, b.lines)?.map(([x, y]) => [a.places[x] ?? 0, b.places[y] ?? 0])
}

function shared(lines: readonly string[], numberOf: (line: string) => number | undefined): Shared {
  const kept = lines.flatMap((line, place) => {
    const number = numberOf(line)
    return number === undefined ? [] : [{ number, place }]
  })
  return { lines: Int32Array.from(kept, ({ number }) => number), places: kept.map(({ place }) => place) }
}

/** The pairs of equal lines on the shortest way from one text to the other; undefined where it is too long. */
function shortestEdit(a: Int32Array, b: Int32Array): Pair[] | undefined {
  const most = Math.min(a.length + b.length, EDITS_MAX)
  const zero = most + 1
  // How far each diagonal reaches; `steps[d]` is what was so before the edit `d`, from the diagonal -d to d.
  const reach = new Int32Array(2 * most + 3)
  const steps: Int32Array[] = []
  for (let d = 0; d <= most; d++) {
    steps.push(reach.slice(zero - d - 1, zero + d + 2))
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && at(reach, zero + k - 1) < at(reach, zero + k + 1))
      let x = isDown ? at(reach, zero + k + 1) : at(reach, zero + k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach[zero + k] = x
      if (x >= a.length && x - k >= b.length) return walkBack(steps, a.length, b.length)
    }
  }
  return undefined
}

function walkBack(steps: readonly Int32Array[], fromLength: number, toLength: number): Pair[] {
  const pairs: Pair[] = []
  let [x, y] = [fromLength, toLength]
  for (let d = steps.length - 1; d >= 0; d--) {
    const before = steps[d] ?? new Int32Array()
    const zero = d + 1
    const k = x - y
    const isDown = k === -d || (k !== d && at(before, zero + k - 1) < at(before, zero + k + 1))
    const left = d === 0 ? 0 : at(before, zero + (isDown ? k + 1 : k - 1))
    const top = d === 0 ? 0 : left - (isDown ? k + 1 : k - 1)
    while (x > left && y > top) pairs.push([--x, --y])
    ;[x, y] = [left, top]
  }
  return pairs.reverse()
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0
}
