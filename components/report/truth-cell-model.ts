import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { ReportJobDto } from '#lib/api/reports.ts'
import type { EndingReason } from '#lib/report/ending.ts'
import type { Verdict } from '#lib/report/verdict.ts'

/** One of the four truths about a platform: what is said, and how that stands to what it should be. */
export interface Truth {
  readonly tone: Tone
  /** Foreign text may be in it. */
  readonly word: string
  /** Monospace: a platform or a path, no sentence. */
  readonly isStated?: boolean
  /** What was expected in its place, where the two disagree. */
  readonly expected?: string
  /** A second, quiet line. */
  readonly note?: string
}

/** What is known of how one platform ran; a report knows all of it, a list of runs verdict and mode. */
export interface ExecutionFacts {
  readonly verdict?: Verdict | undefined
  readonly mode?: 'native' | 'emulated' | undefined
  readonly durationMs?: number | undefined
  readonly attempts?: number | undefined
  readonly exitCode?: number | undefined
  /** Set where nothing but its tests makes it fail. */
  readonly failedTests?: number | undefined
  readonly ending?: Pick<NonNullable<ReportJobDto['ending']>, 'verdict' | 'reason' | 'evidence'> | undefined
}

/** How it went in two or three words; the sentence stands beside the output. */
const REASONS: Partial<Readonly<Record<EndingReason, string>>> = {
  output: 'Other output',
  'service-ended': 'Did not keep running',
  'illegal-instruction': 'Illegal instruction',
  'cpu-baseline': 'Needs a newer CPU',
  'page-size': 'Other page size',
  'timed-out': 'Time limit',
  'out-of-memory': 'Out of memory',
  'exec-format': 'Exec format error',
  'not-found': 'No entrypoint',
  'not-executable': 'Not executable',
  'missing-interpreter': 'No interpreter',
  'missing-loader': 'No loader',
  'no-command': 'No command',
  'link-loop': 'Link loop',
  'no-such-user': 'No such user',
  'not-in-index': 'Not in the image',
  'not-in-registry': 'Not in the registry',
  'broken-image': 'Broken image',
}

const CAUSES: Partial<Readonly<Record<EndingReason, string>>> = {
  'no-emulator': 'no emulator',
  'emulator-crash': 'emulator crash',
  killed: 'killed from outside',
  sandbox: 'sandbox',
  'start-refused': 'not started',
  'output-truncated': 'too much output',
  'pattern-too-slow': 'search too slow',
  'tests-unknown': 'tests not judged',
  'binaries-unseen': 'binaries not seen',
  'binaries-unknown': 'binaries not known',
  'other-image': 'other image',
  'engine-failed': 'engine failed',
  interrupted: 'Archway was stopped',
  'no-result': 'no result was submitted',
  'pull-failed': 'not pulled',
  'no-engine': 'no engine',
  'not-offered': 'no engine for it',
}

/** The fourth truth: what happened when it ran. Green only for a pass, and never without saying how it ran. */
export function executionTruth(facts: ExecutionFacts): Truth {
  const { verdict, ending, exitCode, attempts = 1 } = facts
  if (verdict === undefined) return { tone: 'skip', word: 'Cancelled', note: 'no verdict' }
  const how = [facts.mode, facts.durationMs === undefined ? undefined : formatDuration(facts.durationMs)]
  if (verdict === 'failed' && ending?.verdict === 'passed') {
    const { failedTests = 0 } = facts
    if (failedTests > 0)
      return {
        tone: 'fail',
        word: failedTests === 1 ? 'A test failed' : `${failedTests} tests failed`,
        ...note(how),
      }
    return { tone: 'warn', word: 'Ran, but proves nothing', ...note([...how, exit(exitCode)]) }
  }
  const cause = ending && CAUSES[ending.reason]
  const tries = attempts > 1 ? `${attempts} attempts` : undefined
  return {
    tone: VERDICT_LOOKS[verdict].tone,
    word: (verdict === 'failed' && ending && failureWord(ending)) || VERDICT_LOOKS[verdict].word,
    ...note([
      ...how,
      cause,
      verdict === 'failed' && ending?.reason !== 'exit-code' ? exit(exitCode) : undefined,
      tries,
    ]),
  }
}

function failureWord({ reason, evidence }: NonNullable<ExecutionFacts['ending']>): string | undefined {
  if (reason === 'exit-code') return `Exit code ${evidence.exitCode}`
  if (reason === 'signal') return `Died of ${evidence.signal}`
  return REASONS[reason]
}

function exit(exitCode: number | undefined): string | undefined {
  return exitCode === undefined ? undefined : `exit ${exitCode}`
}

function note(parts: readonly (string | undefined)[]): { note?: string } {
  const known = parts.filter((part) => part !== undefined)
  return known.length === 0 ? {} : { note: known.join(' · ') }
}
