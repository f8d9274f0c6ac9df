import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import type { FindingChange } from '#lib/report/compare-findings.ts'
import { compareReports } from '#lib/report/compare-reports.ts'
import { describeFinding } from '#lib/report/describe-report.ts'
import type { Report } from '#lib/report/model.ts'
import type { StoredContext } from '../context.ts'
import { noSuchReport } from './get-report.ts'

/** Compares two stored reports. Needs neither registry nor engine. Throws `not_found`. */
export async function compareStoredReports(
  { store }: StoredContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ComparisonResponse> {
  const [before, after] = await Promise.all([store.reports.get(from), store.reports.get(to)])
  if (before && after) return comparisonDto(before, after)
  throw noSuchReport()
}

/** Two reports compared, with the texts of their findings, as it goes out. */
export function comparisonDto(from: Report, to: Report): ComparisonResponse {
  const { platforms, findings, cautions, ...said } = compareReports(from, to)
  return {
    from: sideDto(from),
    to: sideDto(to),
    ...said,
    cautions: [...cautions],
    platforms: platforms.map((each) => ({
      ...each,
      truths: [...each.truths],
      tests: [...each.tests],
      findings: each.findings.map(findingChangeDto),
    })),
    findings: findings.map(findingChangeDto),
  }
}

function findingChangeDto({ presence, change, was, ...finding }: FindingChange) {
  return { ...describeFinding(finding), presence, change, ...(was ? { was } : {}) }
}

function sideDto({ id, reference, digest, verdict, finishedAt }: Report): ComparisonResponse['from'] {
  return { id, reference, digest, ...(verdict ? { verdict } : {}), finishedAt }
}
