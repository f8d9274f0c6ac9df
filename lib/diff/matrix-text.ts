import { MATRIX_STATES, type MatrixRow, type MatrixState, ODD_MARKS } from './matrix-row.ts'

/** What the sentence about a matrix is made of. */
export interface MatrixTextFacts {
  /** Canonical texts, in the order of the cells. */
  readonly platforms: readonly string[]
  readonly config: readonly MatrixRow[]
  /** Absent where no layer was read. */
  readonly packages: readonly MatrixRow[] | undefined
  /** Platforms of which something could not be read. */
  readonly incomplete: readonly string[]
  /** By platform: programs that its processor cannot execute. */
  readonly foreign: readonly number[]
}

/** How many rows come to what. */
export function countStates(rows: readonly MatrixRow[]): Record<MatrixState, number> {
  const counts = Object.fromEntries(MATRIX_STATES.map((state) => [state, 0])) as Record<MatrixState, number>
  for (const { state } of rows) counts[state]++
  return counts
}

/** `4 platforms agree on 212 of 214 packages and all 24 settings; what differs is linux/ppc64le’s.` */
export function matrixText(facts: MatrixTextFacts): string {
  const { platforms, incomplete, foreign } = facts
  const wrong = platforms.flatMap((platform, at) => {
    const count = foreign[at] ?? 0
    if (count === 0) return []
    return [`${count} ${count === 1 ? 'program' : 'programs'} of ${platform}`]
  })
  return [
    ...(platforms.length < 2
      ? [`${platforms.join()} is the only platform here: there is nothing to compare it with.`]
      : [`${agreement(facts)}${oddOnes(facts)}.`]),
    ...(wrong.length === 0 ? [] : [`Built for another architecture: ${listed(wrong)}.`]),
    ...(incomplete.length === 0 ? [] : [`Not all of ${listed(incomplete)} could be looked at.`]),
  ].join(' ')
}

function agreement({ platforms, config, packages }: MatrixTextFacts): string {
  const parts = [
    { rows: packages ?? [], noun: 'package' },
    { rows: config, noun: 'setting' },
  ].filter(({ rows }) => rows.length > 0)
  if (parts.length === 0) {
    const nothing = packages === undefined ? 'no setting' : 'no package and no setting'
    return `${platforms.length} platforms have ${nothing} to compare`
  }
  // Who could not be asked agrees with nobody, and differs from nobody.
  if (parts.some(({ rows }) => countStates(rows).unknown > 0)) {
    const told = parts.map(({ rows, noun }) => counted(countStates(rows).differs, rows.length, noun))
    return `Of ${platforms.length} platforms, ${told.join(' and ')} are known to differ`
  }
  return `${platforms.length} platforms agree on ${parts.map(({ rows, noun }) => agreed(rows, noun)).join(' and ')}`
}

/** `all 214 packages`, `212 of 214 packages`, `none of 3 packages`. */
function agreed(rows: readonly MatrixRow[], noun: string): string {
  const { same, expected } = countStates(rows)
  const [count, total] = [same + expected, rows.length]
  if (count === total) return total === 1 ? `the one ${noun}` : `all ${total} ${noun}s`
  return counted(count, total, noun)
}

function counted(count: number, total: number, noun: string): string {
  return `${count === 0 ? 'none' : count} of ${total} ${noun}${total === 1 ? '' : 's'}`
}

/** Who stands out, if that is not everyone. */
function oddOnes({ platforms, config, packages = [] }: MatrixTextFacts): string {
  const rows = [...packages, ...config].filter(({ state }) => state === 'differs')
  const odd = platforms.filter((_, at) => rows.some(({ marks }) => ODD_MARKS.has(marks[at] ?? 'same')))
  if (odd.length === 0 || odd.length * 2 > platforms.length) return ''
  return `; what differs is on ${listed(odd)}`
}

function listed(texts: readonly string[]): string {
  return texts.length < 3 ? texts.join(' and ') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}
