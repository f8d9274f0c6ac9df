import type { RunRequestDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { fillExpectation, formatExpectation, parseOutputExpectation } from '#lib/report/output-expectation.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import {
  type EnvRow,
  type FileRow,
  readEnv,
  readExitCode,
  readFiles,
  readOutput,
  readPath,
  readSeconds,
  readTests,
  readWhole,
  readWords,
} from './read-fields.ts'

/** What the form holds, as typed. */
export interface FormValues {
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
  /** Platforms whose results other machines submit. */
  readonly awaited: readonly string[]
  readonly network: boolean
  readonly cpuFloor: boolean
  readonly pages64k: boolean
  readonly removeImages: boolean
  /** A profile’s name, `none`, or empty for the repository’s default. */
  readonly profileName: string
  readonly tests: string
  readonly memoryMiB: string
  readonly pids: string
}

export type FormField =
  | 'expectOutput'
  | 'expectExitCode'
  | 'timeoutSeconds'
  | 'serviceSeconds'
  | 'port'
  | 'path'
  | 'entrypoint'
  | 'command'
  | 'env'
  | 'files'
  | 'tests'
  | 'memoryMiB'
  | 'pids'

/** A field that is one line of text. */
export type FormTextField = Exclude<FormField, 'env' | 'files' | 'tests'>

/** What is wrong, by field. */
export type FormProblems = Readonly<Partial<Record<FormField, string>>>

/** Limits of the contract, in ms. */
export interface FormLimits {
  readonly nativeMs: number
  readonly emulatedMs: number
  readonly serviceMs: number
  readonly maxMs: number
}

/** A form that asks for nothing special: the image as it is, ending with exit code 0. */
export const EMPTY_FORM: FormValues = {
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
  awaited: [],
  network: false,
  cpuFloor: false,
  pages64k: false,
  removeImages: false,
  profileName: '',
  tests: '',
  memoryMiB: '',
  pids: '',
}

/** The profile that the form asks for, and everything in it that is not understood. */
export function readForm(
  values: FormValues,
  limits: FormLimits,
): { readonly profile: RunProfile; readonly problems: FormProblems } {
  const problems: Partial<Record<FormField, string>> = {}
  const read = <T>(field: FormField, parse: () => T | undefined): T | undefined => {
    try {
      return parse()
    } catch (error) {
      problems[field] = problemOf(error).detail
      return undefined
    }
  }
  const expectOutput = read('expectOutput', () => readOutput(values.expectOutput))
  const expectExitCode = values.isService
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
  const tests = read('tests', () => readTests(values.tests))
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
      ...(values.network ? { network: true } : {}),
      ...(values.cpuFloor ? { cpuFloor: true } : {}),
      ...(values.pages64k ? { pages64k: true } : {}),
      ...(memoryMiB === undefined && pids === undefined
        ? {}
        : {
            limits: {
              ...(memoryMiB === undefined ? {} : { memoryMiB }),
              ...(pids === undefined ? {} : { pids }),
            },
          }),
      ...(tests === undefined ? {} : { tests }),
    },
  }
}

/** The call that starts the run: what is default is left out. */
export function toRunRequest(
  ref: string,
  platforms: { readonly all: readonly string[]; readonly chosen: readonly string[] },
  profile: RunProfile,
  { removeImages, profileName, awaited }: Pick<FormValues, 'removeImages' | 'profileName' | 'awaited'>,
): RunRequestDto {
  const waitFor = platforms.chosen.filter((platform) => awaited.includes(platform))
  const isWhole = platforms.chosen.length === platforms.all.length
  return {
    ref,
    ...(isWhole ? {} : { platforms: [...platforms.chosen] }),
    ...(Object.keys(profile).length === 0 ? {} : { profile }),
    ...(profileName === '' ? {} : { profileName }),
    ...(removeImages ? { removeImages: true } : {}),
    ...(waitFor.length > 0 ? { waitFor } : {}),
  }
}

/** What is looked for on one platform; undefined for an expectation that is empty or not understood. */
export function previewExpectation(
  text: string,
  platform: string,
): { kind: 'text' | 'pattern'; text: string } | undefined {
  if (text.trim() === '') return undefined
  try {
    const filled = fillExpectation(parseOutputExpectation(text), parsePlatform(platform))
    return { kind: filled.kind, text: formatExpectation(filled) }
  } catch {
    return undefined
  }
}

type Read = <T>(field: FormField, parse: () => T | undefined) => T | undefined

/** What a service has to show; ten seconds of running where nothing else is asked. */
function readService(values: FormValues, limits: FormLimits, read: Read): NonNullable<RunProfile['service']> {
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
