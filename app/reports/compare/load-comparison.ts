import 'server-only'
import { cache } from 'react'
import { getContext } from '#lib/server/context.ts'
import { findEarlierRun, type OpenedComparison, openComparison } from '#lib/service/report/open-comparison.ts'

/** Two reports and what else could be compared, read once for the page and its title. */
export const loadComparison = cache(
  async (from: string, to: string): Promise<OpenedComparison> =>
    openComparison(await getContext(), { from, to }),
)

/** The run before a report, of the same repository. */
export async function loadEarlierRun(id: string): Promise<string | undefined> {
  return findEarlierRun(await getContext(), id)
}
