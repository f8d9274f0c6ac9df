import type { RunList } from '#lib/client/run-queries.ts'
import { formatRepository, parseRepository } from '#lib/oci/reference.ts'
import type { Verdict } from '#lib/report/verdict.ts'

/** What narrows the list of runs, by the word that stands for it in the address. */
export const RUN_FILTERS: readonly {
  readonly value: string
  readonly text: string
  readonly list: RunList
}[] = [
  { value: '', text: 'Every run', list: {} },
  { value: 'active', text: 'Going on', list: { state: 'active' } },
  { value: 'over', text: 'Over', list: { state: 'over' } },
  ...(
    [
      ['passed', 'Passed'],
      ['failed', 'Failed'],
      ['inconclusive', 'Inconclusive'],
      ['skipped', 'Skipped'],
    ] as const satisfies readonly (readonly [Verdict, string])[]
  ).map(([verdict, text]) => ({ value: verdict, text, list: { verdict } })),
]

/** The filter that an address names: `state=active`, `verdict=failed`. */
export function readRunFilter(address: URLSearchParams): (typeof RUN_FILTERS)[number] {
  const word = address.get('verdict') ?? address.get('state') ?? ''
  return (
    RUN_FILTERS.find(({ value }) => value === word) ?? RUN_FILTERS[0] ?? { value: '', text: '', list: {} }
  )
}

/** The list that an address asks for. A repository that is none is left out; see `repositoryProblem`. */
export function readRunList(address: URLSearchParams): RunList {
  const repository = canonicalRepository(address.get('repository') ?? '')
  return { ...readRunFilter(address).list, ...(repository === undefined ? {} : { repository }) }
}

/** A repository as it is written in the list; undefined for a text that is none. */
export function canonicalRepository(text: string): string | undefined {
  try {
    return formatRepository(parseRepository(text))
  } catch {
    return undefined
  }
}
