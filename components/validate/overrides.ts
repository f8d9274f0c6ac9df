import type { PlatformProfile } from '#lib/report/run-profile.ts'
import {
  EMPTY_PLATFORM,
  type FormLimits,
  type PlatformProblems,
  type PlatformValues,
  readPlatform,
} from './platform-values.ts'

/** One platform that is asked otherwise, as typed. An empty line is as for the others. */
export interface OverrideRow extends PlatformValues {
  readonly platform: string
  /** Empty: as for the others. */
  readonly network: '' | 'on' | 'off'
}

/** What is wrong, by platform. */
export type OverrideProblems = Readonly<Record<string, PlatformProblems>>

/** A platform that nothing is said of yet. */
export function emptyOverride(platform: string): OverrideRow {
  return { ...EMPTY_PLATFORM, platform, network: '' }
}

/** What single platforms are asked otherwise, of those that are chosen; rows that say nothing are left out. */
export function readOverrides(
  rows: readonly OverrideRow[],
  { limits, isService, chosen }: { limits: FormLimits; isService: boolean; chosen: readonly string[] },
): {
  readonly platforms: Record<string, PlatformProfile> | undefined
  readonly problems: OverrideProblems | undefined
} {
  const read = rows
    .filter(({ platform }) => chosen.includes(platform))
    .map((row) => ({ row, ...readPlatform(row, limits, isService) }))
  const asked = read.flatMap(({ row: { platform, network }, profile }) => {
    const whole: PlatformProfile = { ...profile, ...(network === '' ? {} : { network: network === 'on' }) }
    return Object.keys(whole).length === 0 ? [] : [[platform, whole] as const]
  })
  const wrong = read.flatMap(({ row, problems }) =>
    Object.keys(problems).length === 0 ? [] : [[row.platform, problems] as const],
  )
  return {
    platforms: asked.length === 0 ? undefined : Object.fromEntries(asked),
    problems: wrong.length === 0 ? undefined : Object.fromEntries(wrong),
  }
}
