import 'server-only'
import type { ImageResponse } from '#lib/api/image.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { tellProblem } from '#lib/server/tell-problem.ts'
import { getReport } from '#lib/service/report/get-report.ts'

/** The report of an image's last run; the page does without where there is none or it cannot be read. */
export async function loadLastReport({ lastRun }: ImageResponse): Promise<ReportDto | undefined> {
  if (!lastRun) return undefined
  try {
    return await getReport(await getContext(), lastRun.id)
  } catch (error) {
    tellProblem(error, '/image')
    return undefined
  }
}
