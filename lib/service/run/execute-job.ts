import { toAppError } from '#lib/errors/app-error.ts'
import type { EntrypointResolution, StartCommand } from '#lib/image/resolve-entrypoint.ts'
import { type Ending, ending } from '#lib/report/ending.ts'
import type { ReportJob, ReportTest } from '#lib/report/model.ts'
import type { ReadImage } from '../read-image.ts'
import { applyPolicy } from './apply-policy.ts'
import { askUname, UnameSearch } from './ask-uname.ts'
import { attemptRun } from './attempt-run.ts'
import { bringImage, isReadable, type ReadableImage } from './bring-image.ts'
import { type ChosenSeat, chooseSeat, skipUnlessEmulated } from './choose-seat.ts'
import { runCommandTests, untried } from './command-tests.ts'
import { engineLabel, engineTruth, registryTruths, reportEngine } from './describe-truths.ts'
import { escalate } from './escalate.ts'
import { faultEnding } from './fault-ending.ts'
import { JobRecord } from './job-record.ts'
import { type LeavingImages, letImageLeave } from './leaving-images.ts'
import { lookTests } from './look-tests.ts'
import { announceJob, type PlannedJob, planFor, type RunPlan } from './plan-run.ts'
import { removeQuietly } from './remove-quietly.ts'
import { repeatRun } from './repeat-run.ts'
import type { EngineSeats, RunContext } from './run-context.ts'
import type { EmitRunEvent } from './run-events.ts'
import type { RunLayers } from './run-layers.ts'
import { seeMachine } from './see-machine.ts'
import { startCommand } from './start-command.ts'
import { withLayers } from './with-layers.ts'
import { withTests } from './with-tests.ts'

/** What a job may be told. */
export interface JobOptions {
  readonly runId: string
  readonly emit: EmitRunEvent
  readonly signal?: AbortSignal | undefined
  /** Images that this job brought into the engine leave it again. */
  readonly removeImages?: boolean | undefined
  /** Keeps which images those are, so that a stop of whatever kind leaves none; without it nobody knows after one. */
  readonly leaving?: LeavingImages | undefined
  /** Where the layers of the run’s images are looked at. */
  readonly layers?: RunLayers | undefined
}

/** What came of a job: its ending, and what was seen of its entrypoint. */
interface JobResult {
  readonly ending: Ending
  readonly resolution?: EntrypointResolution | undefined
}

/** An image with files outlives all attempts and tests of its job by far before others may take it for left behind. */
const FILES_LEASE_MS = 6 * 3_600_000
/** An emulator that crashed is given this many chances in all. */
const ATTEMPT_LIMIT = 3

/**
 * Works on one platform of a run to its end and answers the report's job. An error of the engine or the registry is an
 * ending, never a rejection; an abort makes the job `cancelled`. Containers are gone when this returns, as far as the
 * engine could be asked. Events tell the way; that the job is over is told by whoever asked for it.
 */
export async function executeJob(
  context: RunContext,
  whole: RunPlan,
  planned: PlannedJob,
  seats: Promise<EngineSeats>,
  options: JobOptions,
): Promise<ReportJob> {
  const { signal } = options
  const { platform } = planned
  const plan = planFor(whole, platform)
  const record = new JobRecord(announceJob(planned), context.now)
  const looked = lookAside(context, plan, planned, signal)
  const looking = planned.image && options.layers?.look(planned)
  const result = await conduct(context, plan, planned, seats, record, options).catch((error: unknown) => {
    if (signal?.aborted) return 'cancelled' as const
    const failure = toAppError(error)
    if (failure.code === 'internal') throw error
    return { ending: faultEnding(failure), resolution: undefined }
  })
  const tests = result === 'cancelled' ? undefined : await looked.catch(() => undefined)
  const look = result === 'cancelled' ? undefined : await looking?.catch(() => undefined)
  if (result === 'cancelled' || signal?.aborted) return record.cancel()
  if (plan.tests && planned.image) {
    const untriedTests = plan.tests.commands.slice(record.tests.length)
    record.tests.push(...untriedTests.map((test) => untried(test, result.ending.verdict === 'skipped')))
    record.tests.push(...(tests ?? []))
  }
  const ended = withTests(result.ending, record.tests)
  const facts = {
    platform: planned.wanted,
    resolution: result.resolution,
    ending: ended,
    cpuFloor: record.cpuFloor,
    largePages: record.largePages,
    uname: record.uname,
    tests: record.tests,
  }
  const found = withLayers(record, planned.wanted, facts, look)
  const { findings, accepted } = applyPolicy(context, plan.repository, found)
  const isOwn = (finding: { readonly platform?: string | undefined }) => finding.platform === platform
  return record.finish(
    ended,
    [...plan.findings.filter(isOwn), ...findings],
    [...plan.accepted.filter(isOwn), ...accepted],
  )
}

/** Structure tests that start nothing go beside the rest of the job: they need the layers, not the engine. */
function lookAside(
  context: RunContext,
  plan: RunPlan,
  planned: PlannedJob,
  signal: AbortSignal | undefined,
): Promise<ReportTest[]> {
  const { image } = planned
  if (plan.tests === undefined || image === undefined || !isReadable(image)) return Promise.resolve([])
  const looking = lookTests(context, plan, planned, image, plan.tests, signal)
  // It is awaited when the job is over; until then nobody may call it unhandled.
  looking.catch(() => {})
  return looking
}

async function conduct(
  context: RunContext,
  plan: RunPlan,
  planned: PlannedJob,
  seats: Promise<EngineSeats>,
  record: JobRecord,
  options: JobOptions,
): Promise<JobResult> {
  const { image, wanted } = planned
  options.signal?.throwIfAborted()
  if (image === undefined) return { ending: ending('failed', 'not-in-index') }
  record.truths = registryTruths(wanted, image)
  if (!isReadable(image)) return { ending: unreadable(image) }
  const command = startCommand(image.config, plan.profile)
  if (!command.entrypoint[0] && !command.cmd[0]) {
    return { ending: ending('failed', 'no-command'), resolution: { kind: 'no-command', chain: [] } }
  }
  const chosen = chooseSeat(await seats, wanted)
  if ('reason' in chosen) return { ending: chosen }
  const runOn = (seat: ChosenSeat) =>
    runOnSeat(context, plan, planned, { image, command, chosen: seat, record }, options)
  const escalation = { wanted, record, chosen, signal: options.signal }
  return escalate(context, escalation, await runOn(chosen), runOn)
}

async function runOnSeat(
  context: RunContext,
  plan: RunPlan,
  planned: PlannedJob,
  prepared: Prepared,
  options: JobOptions,
): Promise<JobResult> {
  const { chosen, record } = prepared
  record.engine = reportEngine(chosen.seat.info)
  const seen = seeMachine(chosen, planned.wanted, options.signal)
  try {
    const run = () => bringAndRun(context, plan, planned, prepared, options)
    // Somebody else's image of the same digest may leave the engine between a look and a use: it is brought once more.
    const result = await run().catch((error: unknown) => {
      if (toAppError(error).code !== 'image_gone') throw error
      return run()
    })
    record.engine = reportEngine(chosen.seat.info, await seen)
    return result
  } catch (error) {
    // Other jobs are not sent after this one.
    if (toAppError(error).code.startsWith('engine_')) chosen.seat.missed?.()
    throw error
  }
}

interface Prepared {
  readonly image: ReadableImage
  readonly command: StartCommand
  readonly chosen: ChosenSeat
  readonly record: JobRecord
}

async function bringAndRun(
  context: RunContext,
  plan: RunPlan,
  planned: PlannedJob,
  { image, command, chosen, record }: Prepared,
  { runId, emit, signal, removeImages, leaving }: JobOptions,
): Promise<JobResult> {
  const { platform, wanted, sizeBytes } = planned
  const { engine, info } = chosen.seat
  emit({ type: 'phase', platform, phase: 'pulling', engine: engineLabel(info), mode: chosen.mode })
  const isLayout = plan.repository.kind === 'layout'
  let owedAs: string | undefined
  const handle = await record.step(
    isLayout ? 'load' : 'pull',
    () =>
      bringImage(context, plan, planned, image, chosen, {
        onProgress: (progress) => emit({ type: 'progress', platform, ...progress }),
        onAbsent:
          removeImages && leaving
            ? async (name) => {
                owedAs = name
                await leaving.note(platform, chosen.seat.name, name)
              }
            : undefined,
        signal,
      }),
    (done) => (done && !done.wasPresent && sizeBytes !== undefined ? { bytes: sizeBytes } : {}),
  )
  let withFiles: string | undefined
  try {
    const held = await engine.inspectImage(handle.image, { signal })
    if (held === undefined) return { ending: ending('inconclusive', 'engine-failed', { message: LOST }) }
    record.truths = { ...record.truths, engine: engineTruth(wanted, held) }
    // Where the config lies, the engine repeats it and META-001 says so: what runs then is still worth seeing.
    const isOther = !record.truths.engine?.agrees && record.truths.config?.agrees !== false
    if (isOther)
      return {
        ending: ending('inconclusive', 'other-image', { enginePlatform: record.truths.engine?.platform }),
      }
    const { files } = plan.profile
    if (files) {
      const lease = {
        instance: context.instance,
        until: new Date(context.now().getTime() + FILES_LEASE_MS),
        run: runId,
      }
      withFiles = await engine.addFiles({ image: handle.image, platform: wanted, files, lease })
    }
    signal?.throwIfAborted()
    const setting = {
      context,
      plan,
      platform,
      wanted,
      image: withFiles ?? handle.image,
      command,
      chosen,
      record,
      runId,
      emit,
      signal,
    }
    const uname = new UnameSearch(command)
    for (let attempt = 1; ; attempt++) {
      const result = await attemptRun(setting, attempt, (files) => uname.look(files))
      if (result.ending.reason === 'emulator-crash' && attempt < ATTEMPT_LIMIT) continue
      // The emulator was there when the engine was probed, and has gone since: a restart of its machine does that.
      if (result.ending.reason === 'no-emulator') chosen.seat.doubt?.()
      const first = skipUnlessEmulated(result.ending, chosen, wanted)
      await askUname(setting, first, uname)
      const ended = await repeatRun(setting, first)
      if (plan.tests && ended.verdict !== 'skipped')
        await runCommandTests(setting, plan.tests.commands, image.config.env, result.resolution)
      return { ...result, ending: ended }
    }
  } finally {
    const made = withFiles
    if (made !== undefined)
      await removeQuietly(
        () => engine.removeImage(made),
        signal,
        () => chosen.seat.missed?.(),
      )
    const { image: name, wasPresent } = handle
    if (removeImages)
      await letImageLeave(
        chosen.seat,
        { isOurs: !wasPresent, image: name, owedAs: owedAs ?? name },
        leaving,
        signal,
      )
  }
}

const LOST = 'it no longer has the image it was just given.'

function unreadable({ problem, presence }: ReadImage): Ending {
  if (problem) return faultEnding(problem)
  const message = presence === 'unknown' ? 'the index lists too many images to read them all.' : undefined
  return ending('inconclusive', 'pull-failed', { message })
}
