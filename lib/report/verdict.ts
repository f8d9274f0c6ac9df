import type { Severity } from '#lib/checks/finding.ts'

/** How a validation came out (DESIGN §4), the order of how bad they are for a release. */
export const VERDICTS = ['passed', 'skipped', 'inconclusive', 'failed'] as const

/**
 * `passed`: ran and everything held. `failed`: the image is at fault. `inconclusive`: the witness is at fault.
 * `skipped`: nothing here can run it.
 */
export type Verdict = (typeof VERDICTS)[number]

/** What is known when a run is over. */
export interface RunFacts {
  /** Of the whole run: with a platform, or without one when they concern the whole index. */
  readonly findings: readonly {
    readonly severity: Severity
    readonly platform?: string | undefined
  }[]
  /** One a platform, with what its execution says; undefined when it was never executed. */
  readonly jobs: readonly { readonly platform: string; readonly execution: Verdict | undefined }[]
  readonly cancelled: boolean
}

/** Verdicts of a run and of its jobs, in the order of the jobs. */
export interface RunJudgement {
  /** Undefined when the run was cancelled. */
  readonly verdict: Verdict | undefined
  readonly jobs: readonly Verdict[]
}

/**
 * The algebra of verdicts. A job failed if any error finding concerns its platform, else it is what its execution
 * says, else skipped. A run failed if any job did or an error concerns the whole index, else it is inconclusive if any
 * job is, else skipped if any is, else passed. A run without jobs has looked at nothing: it is skipped, not passed.
 */
export function judgeRun({ findings, jobs, cancelled }: RunFacts): RunJudgement {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const verdicts = jobs.map(({ platform, execution }): Verdict => {
    if (errors.some((error) => error.platform === platform)) return 'failed'
    return execution ?? 'skipped'
  })
  if (cancelled) return { verdict: undefined, jobs: verdicts }
  const concernsAll = errors.some((error) => error.platform === undefined)
  return { verdict: concernsAll ? 'failed' : worst(verdicts), jobs: verdicts }
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return 'skipped'
  return VERDICTS[Math.max(...verdicts.map((verdict) => VERDICTS.indexOf(verdict)))] ?? 'skipped'
}
