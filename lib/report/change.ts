import { comparePlatformTexts, parsePlatform, platformText } from '#lib/oci/platform.ts'
import type { ReportJob } from './model.ts'
import type { Verdict } from './verdict.ts'

/** Where something went from one report to another; `unclear`: on one side nobody looked. */
export const CHANGES = ['worse', 'unclear', 'better', 'same'] as const
export type Change = (typeof CHANGES)[number]

/** A platform's job in each report. */
export interface JobPair<T = ReportJob> {
  readonly platform: string
  readonly from?: T
  readonly to?: T
}

/** How a verdict went. What failed and can now not be told is not better, what passed and can now not be told not worse. */
export function changeOf(from: Verdict | undefined, to: Verdict | undefined): Change {
  if (from === to) return 'same'
  if (to === 'failed') return 'worse'
  return to === 'passed' ? 'better' : 'unclear'
}

/** Jobs side by side by canonical platform: `arm64/v8` is `arm64`. One that is listed twice is paired in order. */
export function pairJobs<T extends { readonly platform: string }>(
  from: readonly T[],
  to: readonly T[],
): readonly JobPair<T>[] {
  const pairs = new Map<string, JobPair<T>>()
  for (const [side, jobs] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const seen = new Map<string, number>()
    for (const job of jobs) {
      const platform = canonical(job.platform)
      const nth = seen.get(platform) ?? 0
      seen.set(platform, nth + 1)
      const key = `${platform} ${nth}`
      pairs.set(key, { ...pairs.get(key), platform, [side]: job })
    }
  }
  return [...pairs.values()].toSorted((a, b) => comparePlatformTexts(a.platform, b.platform))
}

/** A report that was written elsewhere may name what is no platform; it is then compared as written. */
function canonical(platform: string): string {
  try {
    return platformText(parsePlatform(platform))
  } catch {
    return platform
  }
}
