import { type LineMatch, matchLines } from './match-lines.ts'

/** A place where two texts differ, with some lines around it. Lines are numbered from 1. */
export interface Hunk {
  /** The first line on that side; the one before where the hunk has none of it. */
  readonly fromStart: number
  readonly fromCount: number
  readonly toStart: number
  readonly toCount: number
  /** Each with its sign: a space, `-` or `+`; `\` says that the line before has no line feed at its end. */
  readonly lines: readonly string[]
}

/** Two texts line by line, as a unified diff tells it. */
export interface UnifiedDiff {
  readonly hunks: readonly Hunk[]
  /** Of the whole texts. */
  readonly fromLines: number
  readonly toLines: number
  readonly addedLines: number
  readonly removedLines: number
  /** Too unlike to be aligned in full. */
  readonly isRough: boolean
  /** Lines of the diff that were left out at its end. */
  readonly omittedLines: number
}

/** More lines than this nobody reads: the rest is counted. */
const LINES_MAX = 20_000
const NO_LINE_FEED = '\\ No newline at end of file'

/** Compares two texts; `context` is how many equal lines stand around each difference. Carriage returns are content. */
export function unifiedDiff(from: string, to: string, context: number): UnifiedDiff {
  const [left, right] = [linesOf(from), linesOf(to)]
  const { matches, isRough } = matchLines(left, right)
  const common = matches.reduce((sum, { count }) => sum + count, 0)
  const hunks: Hunk[] = []
  let [room, omittedLines] = [LINES_MAX, 0]
  for (const steps of hunkSteps(allSteps(matches, left.length, right.length), context)) {
    const lines = steps.flatMap((step) => stepLines(step, left, right))
    omittedLines += Math.max(0, lines.length - room)
    const told = lines.slice(0, room)
    room -= told.length
    if (told.length > 0) hunks.push(toHunk(steps[0], told))
  }
  return {
    hunks,
    fromLines: left.length,
    toLines: right.length,
    addedLines: right.length - common,
    removedLines: left.length - common,
    isRough,
    omittedLines,
  }
}

/** Lines with their line feeds: a last one without differs from one with. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

/** A step through both texts: equal lines, or what stands in their place. Positions count from 0. */
interface Step {
  readonly isSame: boolean
  readonly from: number
  readonly to: number
  readonly fromCount: number
  readonly toCount: number
}

/** Equal lines and differences by turns, from the beginning of both texts to their ends. */
function allSteps(matches: readonly LineMatch[], fromLength: number, toLength: number): Step[] {
  const steps: Step[] = []
  let [from, to] = [0, 0]
  for (const match of [...matches, { from: fromLength, to: toLength, count: 0 }]) {
    const [fromCount, toCount] = [match.from - from, match.to - to]
    if (fromCount + toCount > 0) steps.push({ isSame: false, from, to, fromCount, toCount })
    const { count } = match
    if (count > 0)
      steps.push({ isSame: true, from: match.from, to: match.to, fromCount: count, toCount: count })
    ;[from, to] = [match.from + count, match.to + count]
  }
  return steps
}

/** The steps of each hunk; differences whose contexts touch share one. */
function hunkSteps(steps: readonly Step[], context: number): Step[][] {
  const hunks: Step[][] = []
  steps.forEach((step, at) => {
    const open = hunks.at(-1)
    if (!step.isSame) {
      if (open && at > 0) open.push(step)
      else hunks.push([step])
      return
    }
    const hasNext = at < steps.length - 1
    if (open && hasNext && step.fromCount <= 2 * context) {
      open.push(step)
      return
    }
    if (open) open.push(part(step, 0, Math.min(context, step.fromCount)))
    if (hasNext) hunks.push([part(step, Math.max(0, step.fromCount - context), step.fromCount)])
  })
  return hunks.filter((each) => each.some(({ isSame }) => !isSame))
}

function part({ from, to }: Step, start: number, end: number): Step {
  return { isSame: true, from: from + start, to: to + start, fromCount: end - start, toCount: end - start }
}

function stepLines(
  { isSame, from, to, fromCount, toCount }: Step,
  left: string[],
  right: string[],
): string[] {
  const removed = left.slice(from, from + fromCount)
  if (isSame) return removed.flatMap((line) => signed(' ', line))
  const added = right.slice(to, to + toCount)
  return [...removed.flatMap((line) => signed('-', line)), ...added.flatMap((line) => signed('+', line))]
}

function signed(sign: string, line: string): string[] {
  return line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, NO_LINE_FEED]
}

function toHunk(begin: Step | undefined, lines: readonly string[]): Hunk {
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length
  const same = count(' ')
  const [fromCount, toCount] = [same + count('-'), same + count('+')]
  return {
    fromStart: (begin?.from ?? 0) + (fromCount === 0 ? 0 : 1),
    fromCount,
    toStart: (begin?.to ?? 0) + (toCount === 0 ? 0 : 1),
    toCount,
    lines,
  }
}
