import { z } from 'zod'
import { parsePlatform, platformText } from '#lib/oci/platform.ts'
import { httpPathFault } from './path-rules.ts'
import { profileFiles } from './profile-files.ts'

/** Emulation is slower, starting and waiting are not: a time limit counts so many times there, whoever stated it. */
export const EMULATED_FACTOR = 3
/** How long a program may take when nobody says: natively, and under emulation. */
export const DEFAULT_TIMEOUT_MS = { native: 60_000, emulated: 60_000 * EMULATED_FACTOR } as const
/** How long a service has to keep running when nobody says. */
export const DEFAULT_SERVICE_MS = 10_000
/** The longest anybody may ask for. */
export const MAX_TIMEOUT_MS = 3_600_000

/** Of a container-structure-test file; it is kept with the report. */
const MAX_TESTS_LENGTH = 200_000

const words = z.array(z.string().max(10_000)).max(1_000)
const timeMs = z.number().int().min(100).max(MAX_TIMEOUT_MS)

const service = z
  .strictObject({
    afterMs: timeMs
      .optional()
      .describe('it is still running after this time; needed without port and health'),
    port: z
      .number()
      .int()
      .min(1, 'must be a port from 1 to 65535')
      .max(65_535, 'must be a port from 1 to 65535')
      .optional()
      .describe('this TCP port answers within timeoutMs; tried from a helper container in its network'),
    path: z
      .string()
      .max(1_000)
      .superRefine((path, { addIssue }) => {
        const message = httpPathFault(path)
        if (message !== undefined) addIssue({ code: 'custom', message })
      })
      .optional()
      .describe('an HTTP GET of it on that port is answered with 2xx or 3xx'),
    health: z
      .boolean()
      .optional()
      .describe('the image’s own HEALTHCHECK finds it healthy within timeoutMs; true only'),
  })
  .superRefine(({ afterMs, port, path, health }, { addIssue }) => {
    if (path !== undefined && port === undefined)
      addIssue({ code: 'custom', path: ['path'], message: 'needs a “port” beside it' })
    if (afterMs === undefined && port === undefined && !health)
      addIssue({ code: 'custom', message: 'must have “afterMs”, “port” or “health”' })
  })

/** What a service has to do. */
export type ServiceProfile = z.infer<typeof service>

/** What may be asked of one platform otherwise than of the others. */
const platformFields = z.strictObject({
  entrypoint: words
    .min(1)
    .optional()
    .describe('in place of the image’s Entrypoint; its Cmd then counts no more'),
  command: words.optional().describe('in place of the image’s Cmd'),
  env: z
    .record(z.string().regex(/^[^=\0]+$/), z.string().max(100_000))
    .optional()
    .describe('on top of the image’s'),
  expectOutput: z
    .string()
    .optional()
    .describe(
      'a text, or a regular expression between slashes; {os}, {architecture} and {platform} are filled in',
    ),
  expectExitCode: z.number().int().min(0).max(255).optional(),
  service: service.optional().describe('it has to keep running, instead of ending'),
  timeoutMs: timeMs
    .optional()
    .describe(`natively; under emulation ${EMULATED_FACTOR} times as long, an hour at most`),
  network: z.boolean().optional().describe('lets it on the network; off unless asked for'),
  limits: z
    .strictObject({
      memoryMiB: z.number().int().min(6).max(65_536).optional().describe('512 unless asked for'),
      pids: z
        .number()
        .int()
        .min(1)
        .max(32_768)
        .optional()
        .describe('processes and threads; 256 unless asked for'),
    })
    .optional(),
  files: profileFiles
    .optional()
    .describe('small texts by the path at which they lie in its containers, read-only'),
})

/** What may be asked of one platform otherwise than of the others. */
export type PlatformProfile = z.infer<typeof platformFields>

function isPlatform(name: string): boolean {
  try {
    return platformText(parsePlatform(name)) !== ''
  } catch {
    return false
  }
}

/** What a person asks of a run. Everything has a default: the image as it is, ending with exit code 0. */
export const runProfile = platformFields.extend({
  layers: z.boolean().optional().describe('false leaves out the checks that read the layers'),
  cpuFloor: z
    .boolean()
    .optional()
    .describe('repeats an emulated run on older and newer processors and tells which it needs (RUN-003)'),
  pages64k: z
    .boolean()
    .optional()
    .describe('repeats an emulated run with memory pages of 64 KiB, as POWER machines have (RUN-004)'),
  tests: z
    .string()
    .min(1)
    .max(MAX_TESTS_LENGTH)
    .optional()
    .describe('the text of a container-structure-test file, schema 2.0.0 (RUN-005)'),
  platforms: z
    .record(z.string(), platformFields)
    .superRefine((platforms, { addIssue }) => {
      for (const name of Object.keys(platforms)) {
        if (!isPlatform(name)) addIssue({ code: 'custom', path: [name], message: 'is no platform’s' })
      }
    })
    .optional()
    .describe('by platform what is asked of it otherwise: these fields win, env, files and limits add up'),
})

/** The longest that a program may take. `factor` is how often the limit that was stated counts. */
export interface TimeLimit {
  readonly ms: number
  readonly factor: number
}

/** The time limit of a program by what was asked and how it is run. How long a service has to last is never scaled. */
export function timeLimit(
  { timeoutMs }: { readonly timeoutMs?: number | undefined },
  mode: 'native' | 'emulated',
): TimeLimit {
  const statedMs = timeoutMs ?? DEFAULT_TIMEOUT_MS.native
  const ms = Math.min(mode === 'native' ? statedMs : statedMs * EMULATED_FACTOR, MAX_TIMEOUT_MS)
  return { ms, factor: Math.round((ms / statedMs) * 10) / 10 }
}

/** What a person asks of a run. */
export type RunProfile = z.infer<typeof runProfile>

/** Which profile of `archway.yaml` a run took, and what was said otherwise. */
export const profileOrigin = z.object({
  name: z.string(),
  repository: z.string().describe('the pattern it is stated for'),
  overridden: z.array(z.string()).describe('its fields that the request stated otherwise'),
})
export type ProfileOrigin = z.infer<typeof profileOrigin>

/**
 * How long a run may take: `limitMs` until it has shown what it is asked, and for a service `stayMs`, before which it is
 * not ended though it has shown everything. A service whose output matters is given time to write it.
 */
export function runTimes(
  { service, timeoutMs, expectOutput }: RunProfile,
  mode: 'native' | 'emulated',
): { readonly limitMs: number; readonly stayMs: number } {
  const { ms: usualMs } = timeLimit({ timeoutMs }, mode)
  const { afterMs, port, health } = service ?? {}
  if (port === undefined && !health) return { limitMs: afterMs ?? usualMs, stayMs: afterMs ?? 0 }
  const stayMs = afterMs ?? (expectOutput === undefined ? 0 : Math.min(DEFAULT_SERVICE_MS, usualMs))
  return { limitMs: Math.max(usualMs, stayMs), stayMs }
}
