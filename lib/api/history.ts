import { z } from 'zod'
import { CELL_OUTCOMES } from '#lib/report/history.ts'
import { VERDICTS } from '#lib/report/verdict.ts'

const outcome = z
  .enum(CELL_OUTCOMES)
  .describe('absent: the image does not have the platform; left-out: nobody asked')
const mode = z.enum(['native', 'emulated']).optional()
const time = z.iso.datetime().optional()
const runName = { id: z.string(), tag: z.string().optional(), digest: z.string(), finishedAt: time }

/** Query of `GET /api/v1/history`: newest first. */
export const historyQuery = z.object({
  repository: z.string().min(1).max(4_096),
  platform: z.string().max(200).optional().describe('this platform alone'),
  tag: z.string().max(128).optional().describe('only runs that were asked for by this tag'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z
    .string()
    .regex(/^\d{1,15}$/, 'is no nextBefore of a page')
    .optional()
    .describe('the nextBefore of the page before'),
})
export type HistoryQuery = z.infer<typeof historyQuery>

/** A run and a platform. */
const cell = z.object({
  platform: z.string(),
  outcome,
  mode,
  change: z
    .object({
      from: z.string().describe('id of that report'),
      was: outcome,
      tag: z.string().optional().describe('of that report'),
    })
    .optional()
    .describe('the report before which says anything of the platform says something else'),
})
export type HistoryCellDto = z.infer<typeof cell>

const run = z.object({
  ...runName,
  reference: z.string(),
  verdict: z.enum(VERDICTS).optional(),
  cells: z.array(cell).describe('one a platform, in the order of `platforms`'),
})
export type HistoryRunDto = z.infer<typeof run>

const streak = z.object({
  platform: z.string(),
  outcome,
  mode,
  runs: z.number().int().describe('in a row; those that say nothing of the platform are not counted'),
  isWhole: z.boolean().describe('false: it may be longer than the 200 newest runs'),
  newest: z.object(runName),
  oldest: z.object(runName),
})
export type HistoryStreakDto = z.infer<typeof streak>

/** Answer of `GET /api/v1/history`. */
export const historyResponse = z.object({
  repository: z.string(),
  platforms: z
    .array(z.string())
    .describe('the columns: those of these runs and of the 200 newest, or the one asked for'),
  knownPlatforms: z.array(z.string()).describe('the same whatever was asked for'),
  omittedPlatforms: z.number().int().describe('beyond the first 64'),
  tags: z.array(z.string()).describe('that runs were asked for by, the newest run’s first; 100 at most'),
  streaks: z.array(streak).describe('what each platform is now, and for how long'),
  runs: z.array(run),
  nextBefore: z.string().optional(),
})
export type HistoryResponse = z.infer<typeof historyResponse>
