import type { LastRunDto } from '#lib/api/runs.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

/** The last verdict of an image in few words. */
export interface LastRunWords {
  /** `Passed`, `Failed on ppc64le`, `Passed on 1 of 4`. */
  readonly text: string
  /** How it ran: `native`, `emulated`, `3 of 4 emulated`; absent where nothing ran. */
  readonly how: string | undefined
}

/** The words for a last run of an image with these platforms. A pass of some is not a pass of all. */
export function lastRunWords({ verdict, jobs }: LastRunDto, platforms: readonly string[]): LastRunWords {
  const { word } = VERDICT_LOOKS[verdict]
  const those = jobs.filter((job) => job.verdict === verdict).map(({ platform }) => platform)
  const isPartial = platforms.some((platform) => !jobs.some((job) => job.platform === platform))
  const [only] = those
  const where =
    verdict === 'passed'
      ? isPartial
        ? ` on ${those.length} of ${platforms.length}`
        : ''
      : only === undefined
        ? ''
        : ` on ${those.length === 1 ? only.replace(/^linux\//, '') : those.length}`
  return { text: word + where, how: howItRan(jobs) }
}

function howItRan(jobs: LastRunDto['jobs']): string | undefined {
  const ran = jobs.filter(({ mode }) => mode !== undefined)
  const emulated = ran.filter(({ mode }) => mode === 'emulated').length
  if (ran.length === 0) return undefined
  if (emulated === 0) return 'native'
  return emulated === ran.length ? 'emulated' : `${emulated} of ${ran.length} emulated`
}
