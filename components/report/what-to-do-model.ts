import type { ReportDto, ReportJobDto } from '#lib/api/reports.ts'
import { CHECK_INFO } from '#lib/checks/info.ts'
import type { EndingReason } from '#lib/report/ending.ts'
import type { Fault } from '#lib/report/job-fault.ts'

/** One thing that stands between an image and a pass. */
export interface Advice {
  readonly verdict: 'failed' | 'inconclusive'
  /** Empty for the image as a whole. */
  readonly platforms: readonly string[]
  readonly what: string
  /** After “at fault:”. */
  readonly fault?: string
  readonly fix: string
}

/** What to do about a fault that is not the image's. */
const STEPS: Readonly<Record<Fault, string>> = {
  image: 'Read what it wrote and how it ended, below.',
  emulator: 'Run it again on a machine of this architecture; an emulator proves neither way.',
  engine: 'Repair the engine, or choose another one, and run this platform again. The image is not to blame.',
  registry: 'See that the registry answers, and run this platform again. The image is not to blame.',
  archway: 'Allow what it needs in the run’s profile, or run this platform again. The image is not to blame.',
  unknown: 'Run this platform again; look at the engine’s machine if it happens again.',
}

/** What to do where the ending says more than the check. */
const BY_REASON: Partial<Readonly<Record<EndingReason, string>>> = {
  'missing-loader': CHECK_INFO['ELF-003'].fix,
  'missing-interpreter':
    'Install the interpreter, or name one in the script’s first line that the image has.',
  'not-found':
    'Copy the program to where the entrypoint names it, on this platform too, or correct the entrypoint.',
  'not-executable': 'Set its executable bit (chmod +x) before the image is built.',
  'not-in-index': 'Build this platform and push the index again with it.',
  'no-emulator': 'Register an emulator on the engine’s machine, or add an engine of this architecture.',
  'out-of-memory': 'Give the run more memory, if the software needs it; otherwise look for what uses it.',
  'timed-out': 'Give the run more time or, if it is a service, say so in the run.',
}

/** What stands between the image and a pass, errors first; platforms with the same cause are one. */
export function adviceOf({ jobs, findings }: Pick<ReportDto, 'jobs' | 'findings'>): Advice[] {
  const whole = findings
    .filter(({ severity, platform }) => severity === 'error' && platform === undefined)
    .map(
      ({ code, title }): Advice => ({
        verdict: 'failed',
        platforms: [],
        what: `${title}.`,
        fault: 'the image',
        fix: CHECK_INFO[code as keyof typeof CHECK_INFO]?.fix ?? '',
      }),
    )
  const alike = new Map<string, Advice>()
  for (const advice of jobs.flatMap(jobAdvice)) {
    const key = JSON.stringify({ ...advice, platforms: [] })
    const earlier = alike.get(key)
    alike.set(key, { ...advice, platforms: [...(earlier?.platforms ?? []), ...advice.platforms] })
  }
  return [...whole, ...alike.values()].toSorted((a, b) => rank(a) - rank(b))
}

function jobAdvice({ platform, verdict, findings, ending, fault, faultText, text }: ReportJobDto): Advice[] {
  if (verdict !== 'failed' && verdict !== 'inconclusive') return []
  const error = findings.find(({ severity }) => severity === 'error')
  const step = ending && BY_REASON[ending.reason]
  const isTold = error === undefined || error.code === 'RUN-001' || error.code === 'COV-001'
  const info = error && CHECK_INFO[error.code as keyof typeof CHECK_INFO]
  return [
    {
      verdict,
      platforms: [platform],
      what: text ?? error?.message ?? '',
      ...(faultText === undefined ? {} : { fault: faultText }),
      fix:
        (isTold ? step : undefined) ??
        (verdict === 'failed' ? info?.fix : undefined) ??
        STEPS[fault ?? 'unknown'],
    },
  ]
}

function rank({ verdict }: Advice): number {
  return verdict === 'failed' ? 0 : 1
}
