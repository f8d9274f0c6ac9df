import type { StoredContext } from '../context.ts'

/** How long reports are kept, as the operator decided; for ever where nothing is said. */
export interface ReportRetention {
  readonly days?: number | undefined
  /** The newest of all repositories together. */
  readonly maxReports?: number | undefined
}

/** What a sweep did. */
export interface SweptReports {
  readonly removed: number
  /** Over by the same rules, and kept because a link to them works. */
  readonly keptShared: number
}

const DAY_MS = 86_400_000

/**
 * Removes runs that are over, with their reports, once they are older than the days that reports are kept or beyond the
 * number. A report that somebody has shared is never removed: revoking its links lets it go. Throws
 * `store_unavailable`.
 */
export async function sweepReports(
  { store, now }: Pick<StoredContext, 'store' | 'now'>,
  { days, maxReports }: ReportRetention,
): Promise<SweptReports> {
  if (days === undefined && maxReports === undefined) return { removed: 0, keptShared: 0 }
  const before = days === undefined ? undefined : new Date(now().getTime() - days * DAY_MS)
  return store.runs.sweep({ before, newest: maxReports })
}
