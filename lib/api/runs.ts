import { z } from 'zod'
import { profileOrigin, runProfile } from '#lib/report/run-profile.ts'
import { VERDICTS } from '#lib/report/verdict.ts'
import { findingDto } from './parts.ts'
import { reportJobDto } from './reports.ts'

const verdict = z.enum(VERDICTS)
const mode = z.enum(['native', 'emulated'])
const time = z.iso.datetime()

/** A key under which a request runs once: what a header can carry, and a log can show. */
export const runKey = z
  .string()
  .min(1, 'is empty')
  .max(200, 'is longer than 200')
  .regex(/^[\x20-\x7e]*$/, 'holds more than letters, digits and signs of ASCII')

/** Body of `POST /api/v1/runs`. */
export const runRequest = z.strictObject({
  ref: z.string().min(1).max(4_096),
  platforms: z
    .array(z.string())
    .min(1)
    .max(100)
    .optional()
    .describe('without it every platform of the image'),
  // The kernel ends the strings of a program at a NUL.
  profile: runProfile
    .refine(
      (profile) =>
        [profile, ...Object.values(profile.platforms ?? {})]
          .flatMap(({ entrypoint = [], command = [], env = {} }) => [
            ...entrypoint,
            ...command,
            ...Object.values(env),
          ])
          .every((text) => !text.includes('\0')),
      'a word or a value holds a NUL character',
    )
    .optional(),
  profileName: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(
      'a profile of archway.yaml, or “none”; without it the repository’s default. Fields of `profile` win over its',
    ),
  key: runKey
    .optional()
    .describe('the same request with the same key runs once; the header Idempotency-Key says the same'),
  removeImages: z.boolean().optional().describe('images that the run brought into an engine leave it again'),
  waitFor: z
    .array(z.string())
    .min(1)
    .max(100)
    .optional()
    .describe('platforms that are run elsewhere: their results are submitted'),
  waitMs: z
    .number()
    .int()
    .min(1_000)
    .max(7 * 86_400_000)
    .optional()
    .describe('how long; six hours when nobody says'),
})
export type RunRequestDto = z.infer<typeof runRequest>

/** Answer of `POST /api/v1/runs`, status 202. */
export const runAccepted = z.object({
  id: z.string(),
  url: z.string().describe('the page of the run: /runs/ID'),
  submitUrl: z
    .string()
    .optional()
    .describe('of a run that waits: for archway validate --submit; whoever has it may submit results'),
})
export type RunAccepted = z.infer<typeof runAccepted>

/** Exactly where a job is; `state` is the coarser word. */
const phase = z.enum([
  'queued',
  'waiting',
  'pulling',
  'preparing',
  'running',
  'cleaning-up',
  'finished',
  'cancelled',
])

/** How far a pull is, compressed bytes. */
export const runProgressDto = z.object({
  phase: z.enum(['downloading', 'extracting']),
  doneBytes: z.number(),
  totalBytes: z.number(),
})
export type RunProgressDto = z.infer<typeof runProgressDto>

/** A piece of what a program wrote. Foreign text: its control sequences are still in it. */
export const outputPartDto = z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() })
export type OutputPartDto = z.infer<typeof outputPartDto>

/** What is added while a job goes on; once it has finished, the report's job lies beside it. */
const liveJob = z.object({
  platform: z.string(),
  digest: z.string().optional(),
  sizeBytes: z.number().optional(),
  state: z.enum(['queued', 'waiting', 'pulling', 'running', 'finished', 'cancelled']),
  phase,
  startedAt: time.optional(),
  finishedAt: time.optional(),
  engineLabel: z.string().optional().describe('for people: Docker 20.10.24 on build-1'),
  mode: mode.optional(),
  attempt: z.number().int().optional().describe('from 2 on: an emulator that crashed is tried again'),
  progress: runProgressDto.optional(),
  tail: z.array(outputPartDto).optional().describe('the end of what it wrote so far, 16 KiB at most'),
})

/** One platform of a run. Finished and cancelled ones have everything that the report's job has. */
export const runJobDto = reportJobDto.partial().extend({ ...liveJob.shape, findings: z.array(findingDto) })
export type RunJobDto = z.infer<typeof runJobDto>

/** A run, live or over. `findings` are those of the whole index. */
export const runDto = z.object({
  id: z.string(),
  reference: z.string().describe('as asked, canonical'),
  pinned: z.string().describe('the same by digest'),
  digest: z.string(),
  kind: z.enum(['index', 'image']),
  state: z.enum(['queued', 'running', 'finished', 'cancelled']),
  verdict: verdict.optional(),
  profile: runProfile,
  profileOrigin: profileOrigin.optional(),
  removeImages: z.boolean(),
  createdAt: time,
  startedAt: time.optional(),
  finishedAt: time.optional(),
  leftOut: z.array(z.string()),
  findings: z.array(findingDto),
  jobs: z.array(runJobDto),
  awaits: z
    .object({
      until: time,
      submitUrl: z.string().describe('/runs/ID#submit=KEY, for archway validate --submit'),
    })
    .optional()
    .describe('while it waits for results from elsewhere'),
  reportUrl: z.string().optional().describe('the page of the report, once there is one: /reports/ID'),
})
export type RunDto = z.infer<typeof runDto>

/** One line of the list of runs. */
export const runSummaryDto = z.object({
  id: z.string(),
  reference: z.string(),
  digest: z.string(),
  state: runDto.shape.state,
  verdict: verdict.optional(),
  createdAt: time,
  finishedAt: time.optional(),
  jobs: z.array(
    z.object({
      platform: z.string(),
      state: liveJob.shape.state,
      verdict: verdict.optional(),
      mode: mode.optional(),
    }),
  ),
})
export type RunSummaryDto = z.infer<typeof runSummaryDto>

/** Query of `GET /api/v1/runs`: newest first. */
export const runsQuery = z.object({
  repository: z.string().min(1).optional(),
  digest: z.string().min(1).optional(),
  state: z.enum(['active', 'over']).optional(),
  verdict: verdict.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(64).optional(),
})
export type RunsQuery = z.infer<typeof runsQuery>

/** Answer of `GET /api/v1/runs`. */
export const runsResponse = z.object({ runs: z.array(runSummaryDto), nextCursor: z.string().optional() })
export type RunsResponse = z.infer<typeof runsResponse>

/** The last run of a digest that came to an end with a verdict, as tags and images show it. */
export const lastRunDto = z.object({
  id: z.string(),
  verdict,
  finishedAt: time,
  jobs: z.array(z.object({ platform: z.string(), verdict, mode: mode.optional() })),
})
export type LastRunDto = z.infer<typeof lastRunDto>

/**
 * Events of `GET /api/v1/runs/ID/events`. Every one has an `id`; a reader that comes back with `Last-Event-ID` gets
 * what it missed, or a new `snapshot`, which is always the first event otherwise. After `finished` the stream ends.
 */
export const runEventDto = z.discriminatedUnion('event', [
  z.object({ event: z.literal('snapshot'), data: runDto }),
  z.object({
    event: z.literal('phase'),
    data: liveJob.pick({
      platform: true,
      state: true,
      phase: true,
      startedAt: true,
      engineLabel: true,
      mode: true,
      attempt: true,
    }),
  }),
  z.object({ event: z.literal('progress'), data: runProgressDto.extend({ platform: z.string() }) }),
  z.object({
    event: z.literal('output'),
    data: z.object({ platform: z.string(), parts: z.array(outputPartDto) }),
  }),
  z.object({ event: z.literal('job'), data: runJobDto }),
  z.object({ event: z.literal('finished'), data: runDto }),
])
export type RunEventDto = z.infer<typeof runEventDto>
