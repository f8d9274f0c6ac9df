import type { Platform } from '#lib/oci/platform.ts'
import type { Ending } from '#lib/report/ending.ts'
import { jobFault } from '#lib/report/job-fault.ts'
import { type ChosenSeat, chooseSeat } from './choose-seat.ts'
import { engineLabel } from './describe-truths.ts'
import type { JobRecord } from './job-record.ts'
import type { RunContext } from './run-context.ts'
import { withTests } from './with-tests.ts'

/** What came of a job on one engine. */
interface Outcome {
  readonly ending: Ending
}

/**
 * Runs a job again where its platform is native, when an emulator may be at fault, be it for one of the job's tests, or
 * is gone, and such an engine has come since the job's turn began; natively it would have run at once had the engine
 * been there. What came of it under emulation is kept beside it, and stands where the native engine cannot be reached
 * or fails.
 */
export async function escalate<T extends Outcome>(
  context: RunContext,
  { wanted, record, chosen, signal }: EscalateOptions,
  first: T,
  runOn: (seat: ChosenSeat) => Promise<T>,
): Promise<T> {
  const { verdict, reason, evidence } = withTests(first.ending, record.tests)
  const copy = { verdict, reason, evidence: { ...evidence } }
  const isSpoilt =
    reason === 'no-emulator' ||
    (reason === 'tests-unknown' && record.hasSpoiltTests) ||
    jobFault({ verdict, ending: copy }) === 'emulator'
  if (chosen.mode === 'native' || !isSpoilt) return first
  const better = chooseSeat(await context.listEngines(signal), wanted)
  if ('reason' in better || better.mode !== 'native') return first
  const { execution, engine, truths, cpuFloor, largePages, uname } = record
  const tests = record.tests.splice(0)
  Object.assign(record, {
    hasSpoiltTests: false,
    cpuFloor: undefined,
    largePages: undefined,
    uname: undefined,
  })
  record.escalated = { from: engineLabel(chosen.seat.info), ending: copy }
  try {
    const second = await runOn(better)
    if (second.ending.reason !== 'engine-failed') return second
  } catch (error) {
    if (signal?.aborted) throw error
  }
  Object.assign(record, { execution, engine, truths, cpuFloor, largePages, uname, escalated: undefined })
  record.tests.splice(0, record.tests.length, ...tests)
  return first
}

/** The job, and where it ran first. */
export interface EscalateOptions {
  readonly wanted: Platform
  readonly record: JobRecord
  readonly chosen: ChosenSeat
  readonly signal: AbortSignal | undefined
}
