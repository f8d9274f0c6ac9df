import { plural } from '#components/ui/plural.ts'
import type { RunDto, RunJobDto } from '#lib/api/runs.ts'
import type { Verdict } from '#lib/report/verdict.ts'

/** What a run that is over amounts to, in words: `lead` is the claim, `text` its grounds, `limits` what it does not show. */
export interface RunConclusion {
  readonly verdict: Verdict | undefined
  readonly lead: string
  readonly text: string
  readonly limits?: string
}

type ConcludedRun = Pick<RunDto, 'state' | 'verdict' | 'leftOut' | 'findings'> & {
  readonly jobs: readonly Pick<RunJobDto, 'platform' | 'state' | 'verdict' | 'mode' | 'execution' | 'text'>[]
}

/** What may be concluded; undefined while the run goes on. Never better than what was looked at. */
export function runConclusion(run: ConcludedRun): RunConclusion | undefined {
  const { state, verdict, jobs } = run
  if (state === 'cancelled') {
    const finished = jobs.filter((job) => job.state === 'finished').length
    return {
      verdict: undefined,
      lead: 'Cancelled.',
      text: `There is no verdict: ${finished} of ${plural(jobs.length, 'platform')} had finished.`,
    }
  }
  if (state !== 'finished' || verdict === undefined) return undefined
  const limits = limitsOf(run)
  return { verdict, ...WORDS[verdict](run), ...(limits === '' ? {} : { limits }) }
}

const WORDS: Readonly<Record<Verdict, (run: ConcludedRun) => { lead: string; text: string }>> = {
  passed: ({ jobs }) => ({
    lead: 'Passed.',
    text:
      jobs.length === 1
        ? `${jobs[0]?.platform} ran and did what was asked.`
        : `${jobs.length === 2 ? 'Both' : `All ${jobs.length}`} platforms ran and did what was asked.`,
  }),
  failed: (run) => ({ lead: 'Do not ship.', text: told(run, 'failed') ?? firstError(run) }),
  inconclusive: (run) => ({
    lead: 'Nobody can tell yet.',
    text: told(run, 'inconclusive') ?? 'The witness is at fault, not the image.',
  }),
  skipped: (run) => ({
    lead: 'Not everything was run.',
    text: told(run, 'skipped') ?? 'There was nothing to run.',
  }),
}

/** `linux/ppc64le failed: …`, or how many did. */
function told({ jobs }: ConcludedRun, verdict: Verdict): string | undefined {
  const those = jobs.filter((job) => job.verdict === verdict)
  const [only] = those
  if (!only) return undefined
  const word = verdict === 'failed' ? 'failed' : verdict === 'skipped' ? 'was skipped' : 'is inconclusive'
  if (those.length === 1)
    return only.text === undefined ? `${only.platform} ${word}.` : `${only.platform} ${word}: ${only.text}`
  const words = verdict === 'failed' ? 'failed' : verdict === 'skipped' ? 'were skipped' : 'are inconclusive'
  return `${those.map(({ platform }) => platform).join(', ')} ${words}.`
}

function firstError({ findings }: ConcludedRun): string {
  const error = findings.find(({ severity }) => severity === 'error')
  return error === undefined ? 'Something did not hold.' : error.message
}

function limitsOf({ verdict, jobs, leftOut }: ConcludedRun): string {
  const emulated = jobs.filter(
    (job) => job.verdict === 'passed' && (job.execution?.mode ?? job.mode) === 'emulated',
  ).length
  return [
    ...(emulated === 0 || verdict !== 'passed'
      ? []
      : [
          `${emulated === jobs.length ? (emulated === 1 ? 'It' : 'All of them') : emulated === 1 ? 'One of them' : `${emulated} of them`} ran under emulation, which does not show everything that a real machine would.`,
        ]),
    ...(leftOut.length === 0 ? [] : [`Left out: ${leftOut.join(', ')}.`]),
  ].join(' ')
}
