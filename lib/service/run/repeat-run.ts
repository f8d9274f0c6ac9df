import { type CpuModel, cpuModels, modelOf } from '#lib/engine/probe/read-machine.ts'
import { type Ending, type EndingReason, ending } from '#lib/report/ending.ts'
import { type CpuFloor, LARGE_PAGE_BYTES, type LargePages, type ModelRun } from '#lib/report/machine.ts'
import type { ReportExecution } from '#lib/report/model.ts'
import { type AttemptSetting, attemptRun } from './attempt-run.ts'
import { JobRecord } from './job-record.ts'
import { seeMachine } from './see-machine.ts'
import type { ToldMachine } from './tell-machine.ts'

type Env = Readonly<Record<string, string>>

/** A processor that is too old ends a program like this. */
const TOO_OLD: ReadonlySet<EndingReason> = new Set(['illegal-instruction', 'cpu-baseline'])
/** An emulator that crashed is given one more chance. */
const ATTEMPT_LIMIT = 2

/**
 * Repeats an emulated run on other processors and with larger pages, as far as the profile asks, each in a fresh
 * container, and notes what came of it. A program that died of an instruction which the emulator's default processor
 * lacks is tried on newer ones unasked. Whether the emulator became what it was told is seen with the sample first.
 * Answers the ending: one that only lacked a newer processor passes on it. Throws what the engine throws.
 */
export async function repeatRun(setting: AttemptSetting, first: Ending): Promise<Ending> {
  const { cpuFloor, pages64k } = setting.plan.profile
  const isTooOld = first.verdict === 'inconclusive' && TOO_OLD.has(first.reason)
  let ended = first
  if (cpuFloor || (isTooOld && isEmulated(setting))) {
    const { floor, promoted } = await findFloor(setting, first, isTooOld)
    if (cpuFloor || floor.runs.length > 0) setting.record.cpuFloor = floor
    ended = promoted ?? first
  }
  if (pages64k) setting.record.largePages = await tryLargePages(setting, first)
  return ended
}

interface Floor {
  readonly floor: CpuFloor
  /** How it ended in place of dying on the default processor. */
  readonly promoted?: Ending | undefined
}

async function findFloor(setting: AttemptSetting, first: Ending, isTooOld: boolean): Promise<Floor> {
  const { plan, wanted, chosen, record } = setting
  const models = cpuModels(wanted.architecture)
  const unlooked = (why: CpuFloor['unlooked']): Floor => ({ floor: { runs: [], unlooked: why } })
  if (!isEmulated(setting)) return unlooked('native')
  if (models.length === 0) return unlooked('no-models')
  if (first.verdict !== 'passed' && !isTooOld) return unlooked('not-passed')
  if (chosen.seat.tellMachine === undefined) return unlooked('no-witness')
  const own = await seeMachine(chosen, wanted, setting.signal)
  const fallback = models.find(({ cpu }) => cpu === own?.cpu)
  // Unasked, only what may help is tried.
  const isAsked = plan.profile.cpuFloor === true
  const tried = models.filter(({ level }) => isAsked || level > (fallback?.level ?? 0))
  const runs: ModelRun[] = []
  let promoted: Ending | undefined
  for (const model of tried) {
    const { run, execution } = await runModel(setting, model)
    runs.push(run)
    if (run.ending?.verdict !== 'passed') continue
    if (isTooOld && promoted === undefined && model.level > (fallback?.level ?? 0)) {
      const { reason, evidence } = run.ending
      promoted = ending('passed', reason, { ...evidence, cpu: model.cpu })
      if (execution) record.execution = { ...execution, cpu: model.cpu }
    }
    if (!isAsked) break
  }
  return { floor: { ...sumUp(runs, tried, isTooOld ? fallback : undefined), runs }, promoted }
}

/** The oldest that it passed on, and whether an older one is known to be too old. */
function sumUp(
  runs: readonly ModelRun[],
  tried: readonly CpuModel[],
  died: CpuModel | undefined,
): Pick<CpuFloor, 'needs' | 'lowest' | 'fallback' | 'unlooked'> {
  const fallback = died ? { fallback: died.cpu } : {}
  if (runs.every((run) => run.ending === undefined)) return { ...fallback, unlooked: 'not-taken' }
  const at = runs.findIndex((run) => run.ending?.verdict === 'passed')
  const lowest = tried[at]
  if (lowest === undefined) return fallback
  const older = runs.slice(0, at).findLast((run) => run.ending !== undefined)
  const isKnown =
    older?.ending === undefined
      ? died !== undefined && died.level < lowest.level
      : TOO_OLD.has(older.ending.reason)
  return { ...fallback, lowest: lowest.cpu, ...(isKnown ? { needs: lowest.cpu } : {}) }
}

async function runModel(
  setting: AttemptSetting,
  { model, cpu, level }: CpuModel,
): Promise<{ readonly run: ModelRun; readonly execution?: ReportExecution | undefined }> {
  const env = { QEMU_CPU: model }
  return setting.record.step(
    'repeat',
    async () => {
      const told = await tell(setting, env)
      if (told?.kind !== 'seen') return { run: { model, cpu, refused: told?.message ?? '' } }
      const became = modelOf(told.report, setting.wanted.architecture)
      if (became?.level !== level)
        return { run: { model, cpu, refused: `it became ${became?.cpu ?? 'none that is known'}` } }
      const { ended, execution, durationMs } = await runWith(setting, env)
      return { run: { model, cpu, ending: ended, durationMs }, execution }
    },
    on(cpu),
  )
}

async function tryLargePages(setting: AttemptSetting, first: Ending): Promise<LargePages> {
  const { chosen, record } = setting
  const wantedBytes = LARGE_PAGE_BYTES
  if (first.verdict !== 'passed') return { wantedBytes, unlooked: 'not-passed' }
  if (chosen.seat.tellMachine === undefined) return { wantedBytes, unlooked: 'no-witness' }
  const env = isEmulated(setting) ? { QEMU_PAGESIZE: String(wantedBytes) } : undefined
  return record.step(
    'repeat',
    async (): Promise<LargePages> => {
      const told = await tell(setting, env ?? {})
      if (told?.kind !== 'seen') return { wantedBytes, unlooked: 'not-taken', refused: told?.message ?? '' }
      const seenBytes = told.report.pageSizeBytes
      const seen = seenBytes === undefined ? {} : { seenBytes }
      // Natively the run has shown it already, or cannot.
      if (env === undefined)
        return seenBytes === wantedBytes
          ? { wantedBytes, ...seen, ending: copyOf(first) }
          : { wantedBytes, ...seen, unlooked: 'native' }
      if (seenBytes !== wantedBytes) return { wantedBytes, ...seen, unlooked: 'not-taken' }
      const { ended, durationMs } = await runWith(setting, env)
      return { wantedBytes, ...seen, ending: ended, durationMs }
    },
    on('64 KiB pages'),
  )
}

/** The same run in a fresh container, with these variables; nothing of it is the job's own. */
async function runWith(setting: AttemptSetting, env: Env) {
  const { plan, record, context } = setting
  const profile = { ...plan.profile, env: { ...plan.profile.env, ...env } }
  for (let attempt = 1; ; attempt++) {
    const aside = new JobRecord({ platform: setting.platform }, context.now)
    aside.truths = record.truths
    const repeated = { ...setting, plan: { ...plan, profile }, record: aside, emit: () => {} }
    setting.emit({ type: 'phase', platform: setting.platform, phase: 'running' })
    const { ending: ended } = await attemptRun(repeated, 1)
    if (ended.reason === 'emulator-crash' && attempt < ATTEMPT_LIMIT) continue
    const { execution } = aside
    return { ended: copyOf(ended), execution, durationMs: execution?.durationMs ?? 0 }
  }
}

function tell({ chosen, wanted, signal }: AttemptSetting, env: Env): Promise<ToldMachine | undefined> {
  return chosen.seat.tellMachine?.(wanted, env, signal) ?? Promise.resolve(undefined)
}

/** A foreign binary under a false label may have run natively. */
function isEmulated({ record, chosen }: AttemptSetting): boolean {
  return (record.execution?.mode ?? chosen.mode) === 'emulated'
}

function on(what: string) {
  return () => ({ on: what })
}

function copyOf({ verdict, reason, evidence }: Ending) {
  return { verdict, reason, evidence: { ...evidence } }
}
