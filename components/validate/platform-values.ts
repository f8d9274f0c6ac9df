import { problemOf } from '#lib/client/problem-error.ts'
import type { PlatformProfile } from '#lib/report/run-profile.ts'
import {
  type EnvRow,
  type FileRow,
  readEnv,
  readExitCode,
  readFiles,
  readOutput,
  readPath,
  readSeconds,
  readWhole,
  readWords,
} from './read-fields.ts'

/** What may be asked of all platforms, and of a single one otherwise, as typed. */
export interface PlatformValues {
  readonly expectOutput: string
  readonly expectExitCode: string
  readonly timeoutSeconds: string
  readonly isService: boolean
  readonly serviceSeconds: string
  readonly port: string
  readonly path: string
  readonly health: boolean
  readonly entrypoint: string
  readonly command: string
  readonly env: readonly EnvRow[]
  readonly files: readonly FileRow[]
  readonly memoryMiB: string
  readonly pids: string
}

/** Asks for nothing. */
export const EMPTY_PLATFORM: PlatformValues = {
  expectOutput: '',
  expectExitCode: '',
  timeoutSeconds: '',
  isService: false,
  serviceSeconds: '',
  port: '',
  path: '',
  health: false,
  entrypoint: '',
  command: '',
  env: [],
  files: [],
  memoryMiB: '',
  pids: '',
}

/** What can be wrong. */
export type PlatformField = Exclude<keyof PlatformValues, 'isService' | 'health'>

/** A field that is one line of text. */
export type FormTextField = Exclude<PlatformField, 'env' | 'files'>

/** What is wrong, by field. */
export type PlatformProblems = Readonly<Partial<Record<PlatformField, string>>>

/** Limits of the contract, in ms. */
export interface FormLimits {
  readonly nativeMs: number
  readonly emulatedMs: number
  readonly serviceMs: number
  readonly maxMs: number
}

type Read = <T>(field: PlatformField, parse: () => T | undefined) => T | undefined

/**
 * What the lines ask for, and everything in them that is not understood. A service has no exit code; `isServiceAnyway`
 * where it is one without its own saying so.
 */
export function readPlatform(
  values: PlatformValues,
  limits: FormLimits,
  isServiceAnyway = false,
): { readonly profile: PlatformProfile; readonly problems: PlatformProblems } {
  const problems: Partial<Record<PlatformField, string>> = {}
  const read: Read = (field, parse) => {
    try {
      return parse()
    } catch (error) {
      problems[field] = problemOf(error).detail
      return undefined
    }
  }
  const expectOutput = read('expectOutput', () => readOutput(values.expectOutput))
  const expectExitCode =
    values.isService || isServiceAnyway
      ? undefined
      : read('expectExitCode', () => readExitCode(values.expectExitCode))
  const timeoutMs = read('timeoutSeconds', () => readSeconds(values.timeoutSeconds, limits.maxMs))
  const service = values.isService ? readService(values, limits, read) : undefined
  const entrypoint = read('entrypoint', () => readWords(values.entrypoint))
  const command = read('command', () => readWords(values.command))
  const env = read('env', () => readEnv(values.env))
  const files = read('files', () => readFiles(values.files))
  const memoryMiB = read('memoryMiB', () => readWhole(values.memoryMiB, 6, 65_536))
  const pids = read('pids', () => readWhole(values.pids, 1, 32_768))
  return {
    problems,
    profile: {
      ...(entrypoint ? { entrypoint } : {}),
      ...(command ? { command } : {}),
      ...(env ? { env } : {}),
      ...(files ? { files } : {}),
      ...(expectOutput === undefined ? {} : { expectOutput }),
      ...(expectExitCode === undefined ? {} : { expectExitCode }),
      ...(service && Object.keys(service).length > 0 ? { service } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(memoryMiB === undefined && pids === undefined
        ? {}
        : {
            limits: {
              ...(memoryMiB === undefined ? {} : { memoryMiB }),
              ...(pids === undefined ? {} : { pids }),
            },
          }),
    },
  }
}

/** What a service has to show; ten seconds of running where nothing else is asked. */
function readService(
  values: PlatformValues,
  limits: FormLimits,
  read: Read,
): NonNullable<PlatformProfile['service']> {
  const port = read('port', () => readWhole(values.port, 1, 65_535))
  const path = read('path', () => readPath(values.path, values.port))
  const { health } = values
  const isAsked = values.port.trim() !== '' || health
  const afterMs = read(
    'serviceSeconds',
    () => readSeconds(values.serviceSeconds, limits.maxMs) ?? (isAsked ? undefined : limits.serviceMs),
  )
  return {
    ...(afterMs === undefined ? {} : { afterMs }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined || port === undefined ? {} : { path }),
    ...(health ? { health } : {}),
  }
}
