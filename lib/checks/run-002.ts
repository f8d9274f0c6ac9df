import { agreesWithMachine, machineWord } from '#lib/diff/architecture-words.ts'
import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { JobFacts } from './job-facts.ts'
import type { UnjudgedReason } from './unjudged.ts'

const GAPS = {
  'no-uname': 'no-uname',
  'job-ended': 'uname-not-asked',
  'not-run': 'uname-not-run',
} as const satisfies Record<string, UnjudgedReason>

/** RUN-002: the image’s own `uname -m` names another architecture than its platform. */
export const run002 = defineCheck<JobFacts>(
  'RUN-002',
  ({ platform, uname }) => {
    const expected = machineWord(platform)
    const { said, path, foreign } = uname ?? {}
    if (said === undefined || expected === undefined || agreesWithMachine(said, platform)) return []
    const evidence = { path, said, expected, ...(foreign === undefined ? {} : { foreign }) }
    return [{ platform: platformText(platform), evidence }]
  },
  ({ platform, uname }) => {
    const text = platformText(platform)
    if (uname === undefined) return []
    const { unasked, why } = uname
    if (unasked)
      return [{ reason: GAPS[unasked], platform: text, ...(why === undefined ? {} : { what: why }) }]
    if (machineWord(platform) !== undefined) return []
    return [{ reason: 'machine-word-unknown', platform: text, what: platform.architecture }]
  },
)
