import type { ReportDto } from '#lib/api/reports.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { maskReport } from '#lib/report/mask-report.ts'
import type { StoredContext } from '../context.ts'
import { reportDto } from '../run/run-dto.ts'

/**
 * The report that a link leads to, the values of the run's environment masked. Throws `not_found` for a token that never
 * was and for one that was revoked, which are not told apart.
 */
export async function getSharedReport({ store }: StoredContext, token: string): Promise<ReportDto> {
  const share = await store.shares.find(token)
  const report = share && (await store.reports.get(share.runId))
  if (report) return reportDto(maskReport(report))
  throw noSuchShare()
}

/** What an unknown token comes to. */
export function noSuchShare(): AppError {
  return new AppError('not_found', 'This link leads nowhere, or no longer.', {
    hint: 'Ask whoever gave it to you for a new one.',
  })
}
