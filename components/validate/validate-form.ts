import type { RunRequestDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { fillExpectation, formatExpectation, parseOutputExpectation } from '#lib/report/output-expectation.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { splitWords } from './split-words.ts'

/** A variable as it is typed. `key` tells rows apart while names are the same. */
export interface EnvRow {
  readonly key: number
  readonly name: string
  readonly value: string
}

/** What the form holds, as typed. */
export interface FormValues {
  readonly expectOutput: string
  readonly expectExitCode: string
  readonly timeoutSeconds: string
  readonly isService: boolean
  readonly serviceSeconds: string
  readonly entrypoint: string
  readonly command: string
  readonly env: readonly EnvRow[]
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
  | 'entrypoint'
  | 'command'
  | 'env'
  | 'tests'
  | 'memoryMiB'
  | 'pids'

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
  entrypoint: '',
  command: '',
  env: [],
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
  const afterMs = values.isService
    ? read('serviceSeconds', () => readSeconds(values.serviceSeconds, limits.maxMs) ?? limits.serviceMs)
    : undefined
  const entrypoint = read('entrypoint', () => readWords(values.entrypoint))
  const command = read('command', () => readWords(values.command))
  const env = read('env', () => readEnv(values.env))
  const memoryMiB = read('memoryMiB', () => readWhole(values.memoryMiB, 6, 65_536))
  const pids = read('pids', () => readWhole(values.pids, 1, 32_768))
  const tests = read('tests', () => readTests(values.tests))
  return {
    problems,
    profile: {
      ...(entrypoint ? { entrypoint } : {}),
      ...(command ? { command } : {}),
      ...(env ? { env } : {}),
      ...(expectOutput === undefined ? {} : { expectOutput }),
      ...(expectExitCode === undefined ? {} : { expectExitCode }),
      ...(afterMs === undefined ? {} : { service: { afterMs } }),
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
  { removeImages, profileName }: Pick<FormValues, 'removeImages' | 'profileName'>,
): RunRequestDto {
  const isWhole = platforms.chosen.length === platforms.all.length
  return {
    ref,
    ...(isWhole ? {} : { platforms: [...platforms.chosen] }),
    ...(Object.keys(profile).length === 0 ? {} : { profile }),
    ...(profileName === '' ? {} : { profileName }),
    ...(removeImages ? { removeImages: true } : {}),
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

function readOutput(text: string): string | undefined {
  if (text.trim() === '') return undefined
  parseOutputExpectation(text)
  return text
}

function readExitCode(text: string): number | undefined {
  if (text.trim() === '') return undefined
  if (/^\d{1,3}$/.test(text.trim()) && Number(text) <= 255) return Number(text)
  throw new Error('An exit code is a whole number from 0 to 255.')
}

function readSeconds(text: string, maxMs: number): number | undefined {
  if (text.trim() === '') return undefined
  const ms = Math.round(Number(text) * 1_000)
  if (/^\s*\d+(\.\d+)?\s*$/.test(text) && ms >= 100 && ms <= maxMs) return ms
  throw new Error(`Write a number of seconds from 0.1 to ${maxMs / 1_000}.`)
}

function readWhole(text: string, min: number, max: number): number | undefined {
  if (text.trim() === '') return undefined
  const value = Number(text)
  if (/^\s*\d{1,6}\s*$/.test(text) && value >= min && value <= max) return value
  throw new Error(`Write a whole number from ${min} to ${max}.`)
}

/** Whether it is understood is told when the run is started: the parser is too much for a page. */
function readTests(text: string): string | undefined {
  if (text.trim() === '') return undefined
  if (text.length > 200_000) throw new Error('It is longer than 200,000 characters.')
  if (!/schemaVersion/.test(text)) throw new Error('It names no schemaVersion: it has to be "2.0.0".')
  return text
}

function readWords(text: string): string[] | undefined {
  const split = splitWords(text)
  if (split.kind === 'wrong') throw new Error(split.reason)
  return split.words.length === 0 ? undefined : [...split.words]
}

function readEnv(rows: readonly EnvRow[]): Record<string, string> | undefined {
  const used = rows.filter(({ name, value }) => name !== '' || value !== '')
  const names = used.map(({ name }) => name)
  if (names.includes('')) throw new Error('A value needs a name.')
  const wrong = names.find((name) => /[=\0\s]/.test(name))
  if (wrong !== undefined) throw new Error(`“${wrong}” is not a name: it has a blank or “=” in it.`)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`${twice} is there twice.`)
  return used.length === 0 ? undefined : Object.fromEntries(used.map(({ name, value }) => [name, value]))
}
