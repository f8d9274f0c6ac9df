import { type ReportDto, reportDto } from '#lib/api/reports.ts'
import { describeReport } from '#lib/report/describe-report.ts'
import type { Report } from '#lib/report/model.ts'

/** A report as the API answers it, for tests. */
export function wireFixture(report: Report): ReportDto {
  return reportDto.parse(describeReport(report))
}
