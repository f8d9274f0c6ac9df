import { z } from 'zod'
import { CHECK_INFO, type CheckCode } from '#lib/checks/info.ts'
import { UNJUDGED_REASONS } from '#lib/checks/unjudged.ts'
import { ENDING_REASONS } from './ending.ts'
import { cpuFloor, largePages, unameAnswer } from './machine.ts'
import { profileOrigin, runProfile } from './run-profile.ts'
import { serviceSeen } from './service-seen.ts'
import { VERDICTS } from './verdict.ts'

/** Raised when a field changes its meaning; new optional fields do not raise it. */
export const REPORT_VERSION = 1

const verdict = z.enum(VERDICTS)
const time = z.iso.datetime()

/** A finding as data; its text is made of it when it is shown. */
const reportFinding = z.object({
  code: z.enum(Object.keys(CHECK_INFO) as [CheckCode, ...CheckCode[]]),
  severity: z.enum(['error', 'warning', 'info']),
  platform: z.string().optional(),
  evidence: z.record(z.string(), z.unknown()),
})

/** A finding that an exception of the policy accepts for now. */
const acceptedFinding = reportFinding.extend({
  reason: z.string(),
  expires: z.string().describe('the last day it holds, in UTC'),
})

/** A binary that executes at the start, and what it is. */
const reportProgram = z.object({
  path: z.string(),
  role: z.enum(['entrypoint', 'interpreter', 'launched']),
  elf: z.string().describe('x86-64, 64-bit, little-endian'),
  match: z.enum(['matches', 'differs', 'unknown']),
  loader: z.string().optional(),
})

/** The binaries of all layers: those of other machines, and which of these lie there for a reason. */
const binaryCounts = z.object({
  seen: z.number().int(),
  matching: z.number().int(),
  differing: z.number().int(),
  exempt: z.number().int(),
})

/** What checks could not look at: no finding of theirs means nothing there. */
const reportUnjudged = z.object({
  codes: z.array(z.string()).describe('ids of the checks'),
  platforms: z.array(z.string()),
  reason: z.enum(UNJUDGED_REASONS),
  what: z.string().optional(),
})
const looked = {
  checked: z.array(z.string()).optional().describe('ids of the checks that looked at the layers'),
  unjudged: z.array(reportUnjudged).optional().describe('what those could not look at'),
}

/** What index, config, engine and binaries say of one platform's image; the fourth truth is its execution. */
const truths = z.object({
  index: z.string().optional().describe('as the index states it; absent where there is none'),
  config: z.object({ platform: z.string(), agrees: z.boolean() }).optional(),
  engine: z.object({ platform: z.string(), agrees: z.boolean() }).optional(),
  binaries: z
    .object({
      scope: z
        .enum(['entrypoint', 'image'])
        .describe(
          'entrypoint: only what executes at the start was looked at; image: every file of its layers',
        ),
      match: z.enum(['match', 'differ', 'unknown']).describe('of what executes at the start'),
      outcome: z.string().describe('what the entrypoint came down to: found, missing-loader …'),
      expected: z.string().optional(),
      chain: z.array(z.string()),
      programs: z.array(reportProgram),
      files: binaryCounts.optional().describe('with scope image'),
    })
    .optional(),
})

/** One stretch of a job's work. */
const step = z.object({
  name: z.enum(['pull', 'load', 'create', 'look', 'run', 'remove', 'repeat', 'uname']),
  startedAt: time,
  durationMs: z.number(),
  bytes: z.number().optional(),
  attempt: z.number().int().optional().describe('of a run that was repeated, from 1'),
  on: z.string().optional().describe('of a repetition: POWER8, 64 KiB pages'),
})

const execution = z.object({
  engine: z.string().describe('for people: Docker 20.10.24 on build-1'),
  mode: z.enum(['native', 'emulated']),
  cpu: z
    .string()
    .optional()
    .describe('the processor that the emulator was told to be, where its own choice was too old: POWER10'),
  exitCode: z
    .number()
    .int()
    .optional()
    .describe('128 + n after signal n; absent when it never started, or nobody saw its end'),
  durationMs: z.number(),
  limitMs: z.number().optional().describe('how long it was given; absent for a service'),
  limitFactor: z
    .number()
    .optional()
    .describe('how often the limit that was asked for counted, because it was emulated'),
  attempts: z.number().int(),
  timedOut: z.boolean(),
  oomKilled: z.boolean(),
  output: z.string().describe('both streams, in the order they came'),
  outputParts: z
    .array(z.object({ stream: z.enum(['stdout', 'stderr']), length: z.number().int() }))
    .describe('which part of output came from which stream, in UTF-16 units'),
  outputTruncated: z.boolean(),
  outputBytes: z.number().describe('how much was written, what was not kept included'),
  service: serviceSeen.optional().describe('of a service that was asked more than to keep running'),
})

const ending = z.object({
  verdict,
  reason: z.enum(ENDING_REASONS),
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** One test of a container-structure-test file. */
const test = z.object({
  name: z.string(),
  kind: z.enum(['command', 'file-existence', 'file-content', 'metadata']),
  verdict,
  messages: z.array(z.string()).describe('why not; foreign text inside'),
  durationMs: z.number(),
  output: z.string().optional().describe('of a command that did not pass: the end of what it wrote'),
})

const engine = z.object({
  kind: z.enum(['docker', 'podman']),
  name: z.string(),
  version: z.string(),
  architecture: z.string(),
  kernel: z.string(),
  emulator: z.string().optional().describe('QEMU 7.2.22 (Debian 1:7.2+dfsg-7); absent natively'),
  cpu: z
    .string()
    .optional()
    .describe('processor as programs see it: POWER9; an emulator’s is its own choice'),
  pageSizeBytes: z.number().int().optional().describe('of memory, as programs are told'),
})

const submitted = z.object({
  by: z.string().describe('as the runner says: ci@power-10'),
  at: time,
  archway: z.string().describe('version of the Archway there'),
})

const job = z.object({
  platform: z.string(),
  digest: z
    .string()
    .optional()
    .describe('of its own manifest; absent when the image does not have the platform'),
  sizeBytes: z.number().optional().describe('compressed: layers and config'),
  state: z.enum(['finished', 'cancelled']),
  verdict: verdict.optional().describe('absent when it was cancelled'),
  ending: ending
    .optional()
    .describe('what its execution says, before findings; absent when it was cancelled'),
  truths,
  engine: engine.optional(),
  execution: execution.optional(),
  submitted: submitted
    .optional()
    .describe('by whom it was run elsewhere; absent where this Archway ran it itself'),
  steps: z.array(step),
  findings: z.array(reportFinding),
  accepted: z.array(acceptedFinding).optional().describe('findings that count for nothing by the policy'),
  escalated: z
    .object({ from: z.string().describe('the engine that emulated it'), ending })
    .optional()
    .describe('how it ended under emulation, before it was run again natively'),
  cpuFloor: cpuFloor.optional().describe('which processor it needs (RUN-003)'),
  largePages: largePages.optional().describe('how it does with pages of 64 KiB (RUN-004)'),
  uname: unameAnswer.optional().describe('what the image’s own `uname -m` answered (RUN-002)'),
  tests: z.array(test).optional().describe('of the container-structure-test file, in its order (RUN-005)'),
  ...looked,
})

/** What a finished run leaves: immutable, pinned to digests, complete without the registry or the engine. */
export const report = z.object({
  version: z.literal(REPORT_VERSION),
  id: z.string(),
  archway: z.string().describe('version of the Archway that ran it'),
  reference: z.string().describe('as asked, canonical'),
  pinned: z.string().describe('the same by digest: stays true when the tag moves'),
  digest: z.string(),
  kind: z.enum(['index', 'image']),
  profile: runProfile,
  profileOrigin: profileOrigin.optional().describe('absent where no profile of archway.yaml was taken'),
  startedAt: time,
  finishedAt: time,
  durationMs: z.number(),
  state: z.enum(['finished', 'cancelled']),
  verdict: verdict.optional(),
  leftOut: z.array(z.string()).describe('platforms of the image that nobody asked to run'),
  findings: z.array(reportFinding).describe('of the whole index, and of platforms that were left out'),
  accepted: z.array(acceptedFinding).optional().describe('findings of the same that the policy accepts'),
  ...looked,
  jobs: z.array(job),
})

export type Report = z.infer<typeof report>
export type ReportJob = z.infer<typeof job>
export type ReportStep = z.infer<typeof step>
export type ReportExecution = z.infer<typeof execution>
export type ReportTruths = z.infer<typeof truths>
export type ReportTest = z.infer<typeof test>
export type AcceptedFinding = z.infer<typeof acceptedFinding>
export type ReportEngine = z.infer<typeof engine>
