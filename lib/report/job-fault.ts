import type { EndingReason } from './ending.ts'
import type { ReportJob } from './model.ts'

/** Who can be at fault when a job did not pass. `unknown`: killed from outside, say, and nobody saw by whom. */
export const FAULTS = ['image', 'emulator', 'engine', 'registry', 'archway', 'unknown'] as const

/** Whose fault it is that a job did not pass. */
export type Fault = (typeof FAULTS)[number]

/** Whose fault a reason is where it leaves a job `inconclusive`. One that is not here is nobody's that is known. */
const WITNESSES: Readonly<Partial<Record<EndingReason, Fault>>> = {
  // Natively these fail the image; inconclusive they are under emulation alone, which may have caused them.
  'illegal-instruction': 'emulator',
  'cpu-baseline': 'emulator',
  'timed-out': 'emulator',
  'out-of-memory': 'emulator',
  'port-silent': 'emulator',
  unhealthy: 'emulator',
  'emulator-crash': 'emulator',
  'no-emulator': 'engine',
  'start-refused': 'engine',
  'other-image': 'engine',
  'service-unseen': 'engine',
  'engine-failed': 'engine',
  'no-result': 'engine',
  'pull-failed': 'registry',
  sandbox: 'archway',
  'output-truncated': 'archway',
  'pattern-too-slow': 'archway',
  'binaries-unseen': 'archway',
  'binaries-unknown': 'archway',
  'tests-unknown': 'archway',
  interrupted: 'archway',
}

/** Errors on an image's way into an engine that are not the registry's. */
const WAY_FAULTS: Readonly<Record<string, Fault>> = {
  image_load_failed: 'engine',
  registry_unseen: 'engine',
  credentials_unavailable: 'archway',
  address_refused: 'archway',
  manifest_too_large: 'archway',
  config_too_large: 'archway',
}

/**
 * Whose fault it is that a job did not pass: a `failed` one is the image's by definition, an `inconclusive` one some
 * witness's. Undefined where nobody is at fault: it passed, was skipped or cancelled. Made of the stored data, so that
 * older reports have it, too.
 */
export function jobFault({ verdict, ending }: Pick<ReportJob, 'verdict' | 'ending'>): Fault | undefined {
  if (verdict === 'failed') return 'image'
  if (verdict !== 'inconclusive' || ending === undefined) return undefined
  const { reason, evidence } = ending
  return (reason === 'pull-failed' && WAY_FAULTS[String(evidence.code)]) || (WITNESSES[reason] ?? 'unknown')
}

const WORDS: Readonly<Record<Fault, string>> = {
  image: 'the image',
  emulator: 'the emulator, as far as anybody can tell without a native machine',
  engine: 'the engine, not the image',
  registry: 'the registry, or the way to it',
  archway: 'Archway: its sandbox, its limits, or that it was stopped',
  unknown: 'not known',
}

/** For people, after “at fault:”. */
export function faultText(fault: Fault): string {
  return WORDS[fault]
}
