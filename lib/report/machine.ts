import { z } from 'zod'
import { ENDING_REASONS } from './ending.ts'
import { VERDICTS } from './verdict.ts'

/** What the sample was told of the machine that executed it: with an emulator in between, what that one says. */
export const machine = z.object({
  pageSizeBytes: z.number().int().optional().describe('of memory, as programs are told (AT_PAGESZ)'),
  cpu: z
    .string()
    .optional()
    .describe(
      'processor: POWER9; under emulation whose instructions the emulator knows unless told otherwise',
    ),
  emulator: z
    .string()
    .optional()
    .describe('QEMU 7.2.22 (Debian 1:7.2+dfsg-7), by its own bytes; “unknown” in it where it does not tell'),
  uname: z.string().optional().describe('what `uname -m` answers there'),
})
/** A machine, as a program on it sees it. */
export type Machine = z.infer<typeof machine>

const ending = z.object({
  verdict: z.enum(VERDICTS),
  reason: z.enum(ENDING_REASONS),
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** Why nobody looked: data; `repeatTexts` makes words of it. */
export const UNREPEATED_REASONS = ['native', 'no-models', 'not-passed', 'no-witness', 'not-taken'] as const
const unlooked = z
  .enum(UNREPEATED_REASONS)
  .optional()
  .describe(
    'native: there is nothing to choose. no-models: none is known for the platform. not-passed: it failed for another reason. ' +
      'no-witness: what the emulator makes of it could not be seen. not-taken: the emulator did not do it',
  )

/** The same run on a model of processor that the emulator was told to be. */
const modelRun = z.object({
  model: z.string().describe('as the emulator is told, in QEMU_CPU: power8'),
  cpu: z.string().describe('POWER8'),
  ending: ending.optional().describe('absent where the emulator did not become this model'),
  refused: z.string().optional().describe('why it was not judged: the emulator’s own words'),
  durationMs: z.number().optional(),
})
export type ModelRun = z.infer<typeof modelRun>

/** Which processor a platform's image needs, found by running it on several (RUN-003). */
export const cpuFloor = z.object({
  needs: z.string().optional().describe('it passed here, and on no older one: POWER9'),
  lowest: z.string().optional().describe('the oldest that it passed on; older ones may be unjudged'),
  fallback: z.string().optional().describe('what it ran on first, and died: the emulator’s default'),
  runs: z.array(modelRun).describe('oldest first'),
  unlooked,
})
export type CpuFloor = z.infer<typeof cpuFloor>

/** The same run with memory pages of another size (RUN-004). */
export const largePages = z.object({
  wantedBytes: z.number().int(),
  seenBytes: z.number().int().optional().describe('as the sample was told there (AT_PAGESZ)'),
  ending: ending.optional().describe('of the run with such pages'),
  durationMs: z.number().optional(),
  unlooked,
  refused: z.string().optional().describe('the emulator’s own words'),
})
export type LargePages = z.infer<typeof largePages>

/** Why the image’s own `uname` said nothing: data; RUN-002 makes words of it. */
export const UNAME_UNASKED = ['no-uname', 'job-ended', 'not-run'] as const

/** What the image’s own `uname -m` answered, in a container beside its run (RUN-002). */
export const unameAnswer = z.object({
  path: z.string().optional().describe('as it was started, a link still: /bin/uname'),
  said: z.string().optional().describe('its one word: ppc64le'),
  foreign: z.string().optional().describe('its binary, where that is of another architecture'),
  unasked: z
    .enum(UNAME_UNASKED)
    .optional()
    .describe('no-uname: the image has none. job-ended: the job had failed before. not-run: see why'),
  why: z.string().optional().describe('the engine’s words, or Archway’s'),
})
export type UnameAnswer = z.infer<typeof unameAnswer>

/** The pages that POWER distributions, and some for arm64, have. */
export const LARGE_PAGE_BYTES = 65_536
