import 'server-only'
import { cache } from 'react'
import type { ReportDto } from '#lib/api/reports.ts'
import { getContext } from '#lib/server/context.ts'
import { unlessNotFound } from '#lib/server/unless-not-found.ts'
import { getSharedReport } from '#lib/service/report/get-shared-report.ts'

/** The masked report that a link leads to, read once for the page and its title; undefined where it leads nowhere. */
export const loadSharedReport = cache(
  async (token: string): Promise<ReportDto | undefined> =>
    unlessNotFound(getSharedReport(await getContext(), token)),
)
