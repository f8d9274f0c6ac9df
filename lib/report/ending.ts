import type { Verdict } from './verdict.ts'

/** Every way a job can come out, by what it says of the image. */
export const ENDING_REASONS = [
  // What was asked for happened.
  'as-expected',
  'still-running',
  // It ran, and something did not hold; or it could not start.
  'exit-code',
  'output',
  'service-ended',
  'port-silent',
  'unhealthy',
  'no-health-check',
  'signal',
  'illegal-instruction',
  'cpu-baseline',
  'page-size',
  'timed-out',
  'out-of-memory',
  'exec-format',
  'not-found',
  'not-executable',
  'missing-interpreter',
  'missing-loader',
  'no-command',
  'link-loop',
  'no-such-user',
  'not-in-index',
  'not-in-registry',
  'broken-image',
  // The witness is at fault.
  'no-emulator',
  'emulator-crash',
  'killed',
  'sandbox',
  'start-refused',
  'output-truncated',
  'pattern-too-slow',
  'tests-unknown',
  'service-unseen',
  'binaries-unseen',
  'binaries-unknown',
  'other-image',
  'engine-failed',
  'pull-failed',
  'interrupted',
  'no-result',
  // Nothing could look.
  'no-engine',
  'not-offered',
] as const

/** Why a job came out as it did. */
export type EndingReason = (typeof ENDING_REASONS)[number]

/** How a job ended, as data: what its execution says, before findings have their say. */
export interface Ending {
  readonly verdict: Verdict
  readonly reason: EndingReason
  /** What the reason's text names: `exitCode`, `expectedExitCode`, `signal`, `message`, `path` … Foreign text inside. */
  readonly evidence: Readonly<Record<string, string | number>>
}

/** An ending; evidence that is undefined is left out. */
export function ending(
  verdict: Verdict,
  reason: EndingReason,
  evidence: Readonly<Record<string, string | number | undefined>> = {},
): Ending {
  const known = Object.entries(evidence).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  )
  return { verdict, reason, evidence: Object.fromEntries(known) }
}
