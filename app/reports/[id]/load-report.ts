import 'server-only'
import { cache } from 'react'
import type { ReportDto } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { unlessNotFound } from '#lib/server/unless-not-found.ts'
import { getReport } from '#lib/service/report/get-report.ts'

/** The report of a run, read once for the page and its title; undefined where there is none. */
export const loadReport = cache(
  async (id: string): Promise<ReportDto | undefined> => unlessNotFound(getReport(await getContext(), id)),
)
