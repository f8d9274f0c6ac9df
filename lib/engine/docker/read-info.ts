import { z } from 'zod'
import { canonicalPlatform } from '#lib/oci/platform.ts'
import type { EngineCallOptions, EngineInfo } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { refusal } from './refusal.ts'

const infoSchema = z.object({
  Name: z.string().default(''),
  NCPU: z.number().default(1),
  MemTotal: z.number().default(0),
  MemoryLimit: z.boolean().optional(),
  PidsLimit: z.boolean().optional(),
  CpuCfsQuota: z.boolean().optional(),
  KernelVersion: z.string().default(''),
})

/** `GET /info` and `GET /version`. An engine that does not say whether it can hold a limit is believed. */
export async function readInfo(api: DockerApi, options: EngineCallOptions = {}): Promise<EngineInfo> {
  const { askMs } = api.times
  const [version, answer] = await Promise.all([
    api.version(),
    api.ask({ method: 'GET', path: '/info', headersMs: askMs, idleMs: askMs, signal: options.signal }),
  ])
  if (answer.status !== 200) throw refusal(api, 'tell about itself', answer)
  const parsed = infoSchema.safeParse(answer.json)
  if (!parsed.success) throw wrongAnswer(api.address, 'something else than its information', parsed.error)
  const said = parsed.data
  const { os, architecture } = canonicalPlatform({ os: version.os, architecture: version.architecture })
  return {
    kind: version.isPodman ? 'podman' : 'docker',
    name: said.Name,
    version: version.version,
    apiVersion: version.apiVersion,
    os,
    architecture,
    kernel: version.kernel || said.KernelVersion,
    cpus: said.NCPU,
    memoryBytes: said.MemTotal,
    missingLimits: [
      ...(said.MemoryLimit === false ? (['memory'] as const) : []),
      ...(said.PidsLimit === false ? (['pids'] as const) : []),
      ...(said.CpuCfsQuota === false ? (['cpus'] as const) : []),
    ],
  }
}
