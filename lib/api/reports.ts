import { z } from 'zod'
import { FAULTS } from '#lib/report/job-fault.ts'
import { report } from '#lib/report/model.ts'
import { acceptedDto, findingDto } from './parts.ts'

const unjudged = z
  .array(report.shape.unjudged.unwrap().element.extend({ message: z.string() }))
  .optional()
  .describe('what checks could not look at, and why: no finding of theirs means nothing there')

/** A job of a report with its texts: what a finished job is everywhere on the wire. */
export const reportJobDto = report.shape.jobs.element.extend({
  text: z.string().optional().describe('one sentence on why it has its verdict'),
  fault: z.enum(FAULTS).optional().describe('whose fault it is that it failed or is inconclusive'),
  faultText: z.string().optional().describe('the same for people, after “at fault:”'),
  machineText: z.string().optional().describe('processor, emulator and page size as programs see them'),
  repeatTexts: z.array(z.string()).optional().describe('what repeating it showed: RUN-003, RUN-004'),
  findings: z.array(findingDto),
  accepted: z.array(acceptedDto).optional().describe('findings that count for nothing by the policy'),
  unjudged,
})
export type ReportJobDto = z.infer<typeof reportJobDto>

/** Answer of `GET /api/v1/reports/ID`: the document a finished run leaves, with the texts of its findings. */
export const reportDto = report.extend({
  headline: z.string().describe('what came of it, in one sentence; an emulated pass says so'),
  findings: z.array(findingDto),
  accepted: z.array(acceptedDto).optional().describe('the same of the whole index'),
  unjudged,
  jobs: z.array(reportJobDto),
})
export type ReportDto = z.infer<typeof reportDto>

/** A link by which anyone sees a report, environment values masked, until it is revoked. */
export const shareDto = z.object({
  token: z.string(),
  path: z.string().describe('/share/TOKEN on this server'),
  createdAt: z.iso.datetime(),
})
export type ShareDto = z.infer<typeof shareDto>

/** Answer of `GET` and `POST /api/v1/reports/ID/shares`: the links that work, newest first. */
export const sharesResponse = z.object({ shares: z.array(shareDto) })
export type SharesResponse = z.infer<typeof sharesResponse>
