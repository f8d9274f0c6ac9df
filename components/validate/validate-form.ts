import type { RunRequestDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { fillExpectation, formatExpectation, parseOutputExpectation } from '#lib/report/output-expectation.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { type OverrideProblems, type OverrideRow, readOverrides } from './overrides.ts'
import {
  EMPTY_PLATFORM,
  type FormLimits,
  type PlatformProblems,
  type PlatformValues,
  readPlatform,
} from './platform-values.ts'
import { readTests } from './read-fields.ts'

/** What the form holds, as typed. */
export interface FormValues extends PlatformValues {
  /** Platforms that are asked otherwise, in the order they were added. */
  readonly overrides: readonly OverrideRow[]
  /** Platforms whose results other machines submit. */
  readonly awaited: readonly string[]
  readonly network: boolean
  readonly cpuFloor: boolean
  readonly pages64k: boolean
  readonly removeImages: boolean
  /** A profile’s name, `none`, or empty for the repository’s default. */
  readonly profileName: string
  readonly tests: string
}

/** What is wrong, by field. */
export interface FormProblems extends PlatformProblems {
  readonly tests?: string
  readonly overrides?: OverrideProblems
}

/** A form that asks for nothing special: the image as it is, ending with exit code 0. */
export const EMPTY_FORM: FormValues = {
  ...EMPTY_PLATFORM,
  overrides: [],
  awaited: [],
  network: false,
  cpuFloor: false,
  pages64k: false,
  removeImages: false,
  profileName: '',
  tests: '',
}

/** The profile that the form asks for of the chosen platforms, and everything in it that is not understood. */
export function readForm(
  values: FormValues,
  limits: FormLimits,
  chosen: readonly string[],
): { readonly profile: RunProfile; readonly problems: FormProblems } {
  const common = readPlatform(values, limits)
  const { isService } = values
  const overrides = readOverrides(values.overrides, { limits, isService, chosen })
  const tests = testsOf(values.tests)
  return {
    problems: {
      ...common.problems,
      ...(tests.problem === undefined ? {} : { tests: tests.problem }),
      ...(overrides.problems ? { overrides: overrides.problems } : {}),
    },
    profile: {
      ...common.profile,
      ...(values.network ? { network: true } : {}),
      ...(values.cpuFloor ? { cpuFloor: true } : {}),
      ...(values.pages64k ? { pages64k: true } : {}),
      ...(tests.text === undefined ? {} : { tests: tests.text }),
      ...(overrides.platforms ? { platforms: overrides.platforms } : {}),
    },
  }
}

function testsOf(typed: string): { readonly text?: string | undefined; readonly problem?: string } {
  try {
    return { text: readTests(typed) }
  } catch (error) {
    return { problem: problemOf(error).detail }
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
