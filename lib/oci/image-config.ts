import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { MANIFEST_LIMITS } from './manifest.ts'
import type { Platform } from './platform.ts'

/** One step of an image's history; `emptyLayer` steps have no layer. */
export interface HistoryEntry {
  readonly created?: string
  readonly createdBy?: string
  readonly comment?: string
  readonly emptyLayer: boolean
}

/** An image's own description of itself. https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  /** As stated, not normalised; undefined when the config names neither os nor architecture. */
  readonly platform?: Platform
  /** ISO 8601 as stated. */
  readonly created?: string
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  readonly user: string
  readonly env: readonly string[]
  readonly workingDir: string
  readonly exposedPorts: readonly string[]
  readonly volumes: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly stopSignal?: string
  readonly healthcheck?: readonly string[]
  readonly history: readonly HistoryEntry[]
  readonly diffIds: readonly string[]
}

const text = z.string().nullish()
const list = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => Object.keys(value ?? {}))
const labels = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) =>
    Object.fromEntries(
      Object.entries(value ?? {}).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]),
    ),
  )
const command = z
  .union([z.array(z.string()), z.string().transform((line) => (line === '' ? [] : ['/bin/sh', '-c', line]))])
  .nullish()
  .transform((value) => value ?? [])

const configSchema = z.object({
  os: text,
  architecture: text,
  variant: text,
  'os.version': text,
  created: text,
  config: z
    .object({
      Entrypoint: command,
      Cmd: command,
      User: text,
      Env: list,
      WorkingDir: text,
      ExposedPorts: keys,
      Volumes: keys,
      Labels: labels,
      StopSignal: text,
      Healthcheck: z.object({ Test: list }).nullish(),
    })
    .nullish(),
  history: z
    .array(z.object({ created: text, created_by: text, comment: text, empty_layer: z.boolean().nullish() }))
    .nullish(),
  rootfs: z.object({ diff_ids: list }).nullish(),
})

/** Decodes verified config bytes. `null` fields count as absent. Throws `config_invalid`, `config_too_large`. */
export function decodeImageConfig(bytes: Uint8Array, what: string): ImageConfig {
  if (bytes.byteLength > MANIFEST_LIMITS.configBytes) {
    throw new AppError('config_too_large', `${what} is larger than 8 MiB, the limit for configs.`)
  }
  const result = configSchema.safeParse(parseJson(bytes, what))
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new AppError(
      'config_invalid',
      `${what} is broken: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
    )
  }
  return reshape(result.data)
}

function reshape(raw: z.infer<typeof configSchema>): ImageConfig {
  const process = raw.config
  const hasPlatform = Boolean(raw.os || raw.architecture)
  return {
    ...(hasPlatform ? { platform: platformOf(raw) } : {}),
    ...(raw.created ? { created: raw.created } : {}),
    entrypoint: process?.Entrypoint ?? [],
    cmd: process?.Cmd ?? [],
    user: process?.User ?? '',
    env: process?.Env ?? [],
    workingDir: process?.WorkingDir ?? '',
    exposedPorts: process?.ExposedPorts ?? [],
    volumes: process?.Volumes ?? [],
    labels: process?.Labels ?? {},
    ...(process?.StopSignal ? { stopSignal: process.StopSignal } : {}),
    ...(process?.Healthcheck ? { healthcheck: process.Healthcheck.Test } : {}),
    history: (raw.history ?? []).map((step) => ({
      ...(step.created ? { created: step.created } : {}),
      ...(step.created_by ? { createdBy: step.created_by } : {}),
      ...(step.comment ? { comment: step.comment } : {}),
      emptyLayer: step.empty_layer ?? false,
    })),
    diffIds: raw.rootfs?.diff_ids ?? [],
  }
}

function platformOf(raw: z.infer<typeof configSchema>): Platform {
  return {
    os: raw.os ?? '',
    architecture: raw.architecture ?? '',
    ...(raw.variant ? { variant: raw.variant } : {}),
    ...(raw['os.version'] ? { osVersion: raw['os.version'] } : {}),
  }
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('config_invalid', `${what} is not JSON.`, { cause })
  }
}
