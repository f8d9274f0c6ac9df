/**
 * What a row of a matrix comes to. `differs`: platforms do not agree. `unknown`: those that could be looked at agree,
 * others could not be. `expected`: they agree once what another architecture or build must make of it is taken out.
 */
export const MATRIX_STATES = ['differs', 'unknown', 'expected', 'same'] as const
export type MatrixState = (typeof MATRIX_STATES)[number]

/**
 * What a cell of a matrix is among the others of its row. `same`: as most have it. `expected`: the same thing, as this
 * architecture or build writes it. `other`: another value than most have, or there is no most. `only`: few or one have
 * it at all. `missing`: half of the platforms or more have it. `absent`: not there, as on most. `unseen`: nobody could
 * look.
 */
export const MATRIX_MARKS = ['same', 'expected', 'other', 'only', 'missing', 'absent', 'unseen'] as const
export type MatrixMark = (typeof MATRIX_MARKS)[number]

/** Marks that stand out. */
export const ODD_MARKS: ReadonlySet<MatrixMark> = new Set(['other', 'only', 'missing'])

/** Something over all platforms of an index, in their order. */
export interface MatrixRow {
  readonly state: MatrixState
  /** Null where the platform does not have it, or nobody could look. */
  readonly values: readonly (string | null)[]
  readonly marks: readonly MatrixMark[]
}

/** What a row is judged by. */
export interface RowFacts {
  readonly values: readonly (string | null)[]
  /** By platform: whether null means that it is not there. */
  readonly looked: readonly boolean[]
  /** Whether two platforms' values, unlike as texts, mean the same. */
  readonly means: (a: number, b: number) => boolean
  /** Not to have it at all is no difference. */
  readonly mayLack?: boolean
}

/** Judges one row: who agrees, who does not, and who could not be asked. */
export function judgeRow({ values, looked, means, mayLack = false }: RowFacts): MatrixRow {
  const places = values.map((_, at) => at)
  const present = places.filter((at) => values[at] !== null)
  const lacking = places.filter((at) => values[at] === null && looked[at])
  const groups = groupsOf(values, present, means)
  const most = largest(groups)
  const usual = most && commonest(most.map((at) => values[at] ?? ''))
  const isRare = lacking.length > 0 && (present.length === 1 || present.length < lacking.length)
  const marks = places.map((at): MatrixMark => {
    const value = values[at] ?? null
    if (value === null) {
      if (!looked[at]) return 'unseen'
      return !mayLack && present.length >= lacking.length ? 'missing' : 'absent'
    }
    if (isRare && !mayLack) return 'only'
    if (!most?.includes(at)) return 'other'
    return value === usual ? 'same' : 'expected'
  })
  return { state: stateOf(marks), values, marks }
}

function stateOf(marks: readonly MatrixMark[]): MatrixState {
  if (marks.some((mark) => ODD_MARKS.has(mark))) return 'differs'
  if (marks.includes('unseen')) return 'unknown'
  return marks.every((mark) => mark === 'same') ? 'same' : 'expected'
}

/** Places by what they mean, in the order of the platforms. */
function groupsOf(
  values: RowFacts['values'],
  present: readonly number[],
  means: RowFacts['means'],
): readonly (readonly number[])[] {
  const groups: number[][] = []
  for (const at of present) {
    const group = groups.find(([first = at]) => values[first] === values[at] || means(first, at))
    if (group) group.push(at)
    else groups.push([at])
  }
  return groups
}

/** The one group that is larger than every other; where two are, nobody can say who is odd. */
function largest(groups: readonly (readonly number[])[]): readonly number[] | undefined {
  const [first, second] = groups.toSorted((a, b) => b.length - a.length)
  return first && first.length > (second?.length ?? 0) ? first : undefined
}

function commonest(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
