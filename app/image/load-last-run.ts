import 'server-only'
import { getContext } from '#lib/server/context.ts'
import { type ComparableRun, lastRunOf } from '#lib/service/report/earlier-report.ts'

/** The last run of a reference that could not be asked for; the page does without where there is none. */
export async function loadLastRun(
  reference: string,
): Promise<(ComparableRun & { readonly digest: string }) | undefined> {
  try {
    return await lastRunOf(await getContext(), reference)
  } catch {
    // The page tells already what is wrong with the reference, or with the store.
    return undefined
  }
}
