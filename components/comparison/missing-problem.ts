import type { ProblemDto } from '#lib/api/parts.ts'

/** Ids in an address may be anything. */
const SHOWN_MAX_LENGTH = 60

/** What to say when a side has no report: its id is unknown, or it is the first run of its repository. */
export function missingProblem(
  ids: { readonly from: string; readonly to: string },
  isThere: { readonly from: boolean; readonly to: boolean },
): ProblemDto | undefined {
  const unknown = (['from', 'to'] as const)
    .filter((side) => ids[side] !== '' && !isThere[side])
    .map((side) => `“${ids[side].slice(0, SHOWN_MAX_LENGTH)}”`)
  if (unknown.length === 0) return undefined
  return {
    type: 'about:blank',
    status: 404,
    title: unknown.length === 1 ? 'There is no such report' : 'There are no such reports',
    detail: `No report here has the id ${unknown.join(' or ')}.`,
    hint: 'The address may be mistyped, its run may not be over yet, or the run was removed by retention.',
    code: 'not_found',
  }
}
