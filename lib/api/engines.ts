import { z } from 'zod'
import { machine } from '#lib/report/machine.ts'
import { problemDto } from './parts.ts'

/** What an engine does with a platform; found out by running the sample. */
export const enginePlatformDto = z.object({
  platform: z.string(),
  mode: z.enum(['native', 'emulated', 'cannot']),
  reason: z.string().optional().describe('why it cannot'),
  machine: machine.optional().describe('what the sample was told of its machine there'),
  withheld: z.boolean().optional().describe('it could; archway.yaml does not give it this platform'),
})
export type EnginePlatformDto = z.infer<typeof enginePlatformDto>

/** Where containers run. */
export const engineDto = z.object({
  name: z
    .string()
    .describe('as archway.yaml names it, else where it was found; names it in POST /engines/probe'),
  address: z.string(),
  foundBy: z.string().describe('archway.yaml, DOCKER_HOST, or the path of a socket'),
  state: z.enum(['ready', 'unavailable']),
  probing: z
    .boolean()
    .optional()
    .describe('it is being asked right now; what stands here was known before, and may be nothing'),
  problem: problemDto.optional().describe('why it is unavailable'),
  info: z
    .object({
      kind: z.enum(['docker', 'podman']),
      host: z.string().describe('the name of its machine'),
      version: z.string(),
      apiVersion: z.string(),
      os: z.string(),
      architecture: z.string(),
      kernel: z.string(),
      cpus: z.number(),
      memoryBytes: z.number(),
      missingLimits: z.array(z.enum(['memory', 'pids', 'cpus'])),
    })
    .optional(),
  platforms: z.array(enginePlatformDto),
  probedAt: z.iso.datetime().optional(),
})
export type EngineDto = z.infer<typeof engineDto>

/** Answer of `GET /api/v1/engines`, best first. `problems` concern all: nothing found, a broken archway.yaml. */
export const enginesResponse = z.object({ engines: z.array(engineDto), problems: z.array(problemDto) })
export type EnginesResponse = z.infer<typeof enginesResponse>

/** Body of `POST /api/v1/engines/probe`: probes one engine anew, or all. Answers as `GET /api/v1/engines`. */
export const probeRequest = z.strictObject({ engine: z.string().min(1).max(1_000).optional() })
export type ProbeRequestDto = z.infer<typeof probeRequest>
