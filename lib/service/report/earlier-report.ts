import { formatReference, formatRepository, parseReference } from '#lib/oci/reference.ts'
import type { Report } from '#lib/report/model.ts'
import type { StoredContext } from '../context.ts'

/** So many runs of a repository are offered, newest first. */
export const COMPARABLE_MAX = 100

/** One run that can be compared with another. */
export interface ComparableRun {
  readonly id: string
  readonly reference: string
  readonly verdict?: NonNullable<Report['verdict']>
  readonly finishedAt: string
}

/** The runs of a report's repository that left a report, newest first, itself included. */
export async function comparableRuns(
  { store }: StoredContext,
  report: Pick<Report, 'pinned'>,
): Promise<readonly ComparableRun[]> {
  const repository = report.pinned.slice(0, report.pinned.lastIndexOf('@'))
  const lines = await store.runs.list({ repository, state: 'over' }, COMPARABLE_MAX)
  return lines.flatMap(({ id, reference, verdict, finishedAt }) =>
    finishedAt === undefined
      ? []
      : [{ id, reference, ...(verdict ? { verdict } : {}), finishedAt: finishedAt.toISOString() }],
  )
}

/**
 * The run that a report is most likely to be compared with: the last one before it that came to a verdict, of the same
 * reference, else of the same repository. Undefined for the first.
 */
export function earlierRun(
  { id, reference, finishedAt }: Pick<Report, 'id' | 'reference' | 'finishedAt'>,
  runs: readonly ComparableRun[],
): ComparableRun | undefined {
  const earlier = runs
    .filter((run) => run.id !== id && run.verdict !== undefined && run.finishedAt <= finishedAt)
    .toSorted((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))
  const name = untied(reference)
  return earlier.find((run) => untied(run.reference) === name) ?? earlier[0]
}

/**
 * The last run of a reference that came to a verdict: what is known of it when its registry does not answer. Undefined
 * where there is none. Throws `reference_invalid`.
 */
export async function lastRunOf(
  { store }: StoredContext,
  reference: string,
): Promise<(ComparableRun & { readonly digest: string }) | undefined> {
  const asked = formatReference(parseReference(reference))
  const repository = formatRepository(parseReference(reference).repository)
  const lines = await store.runs.list({ repository, state: 'over' }, COMPARABLE_MAX)
  const digest = asked.slice(asked.lastIndexOf('@') + 1)
  const found = lines.find(
    (run) => run.verdict && (untied(run.reference) === untied(asked) || run.digest === digest),
  )
  return found?.finishedAt && { ...found, finishedAt: found.finishedAt.toISOString() }
}

/** A run that is repeated asks for the same tag, tied to its digest. */
function untied(reference: string): string {
  return reference.replace(/@[^@]*$/, '')
}
