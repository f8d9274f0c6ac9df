import { type ContainerSpec, type CreatedContainer, DEFAULT_LIMITS } from '#lib/engine/container-spec.ts'
import type { RunOutcome } from '#lib/engine/run-outcome.ts'
import { type Lookup, rememberLookups } from '#lib/image/image-entry.ts'
import { matchBinaries } from '#lib/image/match-binaries.ts'
import {
  type EntrypointResolution,
  resolveEntrypoint,
  type StartCommand,
} from '#lib/image/resolve-entrypoint.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { classifyOutcome } from '#lib/report/classify-outcome.ts'
import type { Ending } from '#lib/report/ending.ts'
import { fillExpectation, formatExpectation } from '#lib/report/output-expectation.ts'
import { runTimes, timeLimit } from '#lib/report/run-profile.ts'
import type { ServiceSeen } from '#lib/report/service-seen.ts'
import { containerFiles } from '../container-files.ts'
import type { ChosenSeat } from './choose-seat.ts'
import { binariesTruth, engineLabel } from './describe-truths.ts'
import type { JobRecord } from './job-record.ts'
import { matchOutput } from './match-output.ts'
import { OUTPUT_LIMIT_BYTES, OutputRecorder } from './output-recorder.ts'
import type { RunPlan } from './plan-run.ts'
import { removeQuietly } from './remove-quietly.ts'
import type { RunContext } from './run-context.ts'
import type { EmitRunEvent, JobPhase } from './run-events.ts'
import { untilAborted } from './until-aborted.ts'
import { watchService } from './watch-service.ts'

/** What every attempt of a job shares. */
export interface AttemptSetting {
  readonly plan: RunPlan
  readonly platform: string
  readonly wanted: Platform
  /** As the engine knows it. */
  readonly image: string
  readonly command: StartCommand
  readonly chosen: ChosenSeat
  readonly record: JobRecord
  readonly context: RunContext
  readonly runId: string
  readonly emit: EmitRunEvent
  readonly signal: AbortSignal | undefined
}

/** What an attempt told: what the entrypoint is, and how it ended. */
export interface Attempt {
  readonly resolution: EntrypointResolution
  readonly ending: Ending
}

/** Of a run whose end nobody saw, some of it is not known. */
type SeenOfRun = Pick<RunOutcome, 'durationMs' | 'outputTruncated' | 'outputBytes'> &
  Partial<Pick<RunOutcome, 'exitCode' | 'timedOut' | 'oomKilled'>>

/** A service that is watched is ended by what was seen; its container’s own time limit comes after that. */
const WATCH_MARGIN_MS = 20_000
/** A container outlives its own time limit by this much before others may take it for left behind. */
const LEASE_MARGIN_MS = 600_000

/**
 * One container from its making to its end: made in the sandbox, looked into before it starts, run, removed whatever
 * happens. While it runs, `beside` may look into its files: it never rejects, and a run that failed does not wait for it.
 * Throws what the engine throws.
 */
export async function attemptRun(
  setting: AttemptSetting,
  attempt: number,
  beside?: (files: Lookup) => Promise<unknown>,
): Promise<Attempt> {
  const { record, chosen, signal } = setting
  const { engine } = chosen.seat
  const repeated = attempt > 1 ? { attempt } : {}
  const enter = (phase: JobPhase) =>
    setting.emit({ type: 'phase', platform: setting.platform, phase, ...repeated })
  enter('preparing')
  const container = await record.step(
    'create',
    () => createContainer(setting, ownSpec(setting)),
    () => repeated,
  )
  try {
    const files = rememberLookups(containerFiles(engine, container.id, signal))
    const resolution = await record.step(
      'look',
      () => resolveEntrypoint(files, setting.command),
      () => repeated,
    )
    record.truths = { ...record.truths, binaries: binariesTruth(setting.wanted, resolution) }
    enter('running')
    const looking = beside?.(files)
    const ending = await record.step(
      'run',
      () => execute(setting, container, resolution, attempt),
      () => repeated,
    )
    if (ending.verdict !== 'failed') await looking
    return { resolution, ending }
  } finally {
    enter('cleaning-up')
    await record.step(
      'remove',
      () => removeContainer(setting, container.id),
      () => repeated,
    )
  }
}

/** Makes a container of a job. Not cut off by an abort: a container whose id nobody learns could not be removed. */
export async function createContainer(
  setting: AttemptSetting,
  spec: ContainerSpec,
): Promise<CreatedContainer> {
  const { chosen, signal } = setting
  const { engine } = chosen.seat
  signal?.throwIfAborted()
  const creating = engine.create(spec)
  try {
    return await untilAborted(creating, signal)
  } catch (error) {
    const remove = ({ id }: CreatedContainer) => removeContainer(setting, id)
    if (signal?.aborted) await removeQuietly(() => creating.then(remove), signal)
    throw error
  }
}

/** Removes a container of a job, or notes that it is left. */
function removeContainer({ chosen, signal, context }: AttemptSetting, id: string): Promise<void> {
  const { engine } = chosen.seat
  return removeQuietly(
    () => engine.remove(id),
    signal,
    () => context.noteLeft(engine, id),
  )
}

/** What every container of a job shares: its image, the sandbox, and who may remove it when. */
export function sandboxOf({ plan, context, ...setting }: AttemptSetting, timeoutMs: number): ContainerSpec {
  const { network, limits: { memoryMiB, pids } = {} } = plan.profile
  const until = new Date(context.now().getTime() + timeoutMs + LEASE_MARGIN_MS)
  return {
    image: setting.image,
    platform: setting.wanted,
    network: network ? 'bridge' : 'none',
    limits: {
      ...DEFAULT_LIMITS,
      ...(memoryMiB === undefined ? {} : { memoryBytes: memoryMiB * 1_048_576 }),
      ...(pids === undefined ? {} : { pids }),
    },
    lease: { instance: context.instance, until, run: setting.runId },
  }
}

function ownSpec(setting: AttemptSetting): ContainerSpec {
  const { entrypoint, command, env, service } = setting.plan.profile
  const { limitMs } = runTimes(setting.plan.profile, setting.chosen.mode)
  return { ...sandboxOf(setting, limitMs), entrypoint, command, env, health: service?.health }
}

async function execute(
  setting: AttemptSetting,
  container: CreatedContainer,
  resolution: EntrypointResolution,
  attempt: number,
): Promise<Ending> {
  const { plan, platform, chosen, record, signal, emit } = setting
  const recorder = new OutputRecorder((stream, text) => emit({ type: 'output', platform, stream, text }))
  const mode = executionMode(setting, resolution)
  const startedAtMs = performance.now()
  const { limitMs } = runTimes(plan.profile, chosen.mode)
  const watch = await watchService({
    profile: plan.profile,
    chosen,
    container: container.id,
    hasHealthCheck: hasHealthCheck(setting),
    lease: sandboxOf(setting, limitMs + WATCH_MARGIN_MS).lease,
    signal,
    create: (spec) => createContainer(setting, spec),
    remove: (id) => removeContainer(setting, id),
  })
  let takenBytes = 0
  const note = (seen: SeenOfRun, service?: ServiceSeen) => {
    recorder.end()
    record.execution = {
      engine: engineLabel(chosen.seat.info),
      mode,
      ...(seen.exitCode === undefined ? {} : { exitCode: seen.exitCode }),
      durationMs: seen.durationMs,
      ...limitOf(setting),
      attempts: attempt,
      timedOut: seen.timedOut ?? false,
      oomKilled: seen.oomKilled ?? false,
      output: recorder.output,
      outputParts: [...recorder.parts],
      outputTruncated: seen.outputTruncated,
      outputBytes: seen.outputBytes,
      ...(service ? { service } : {}),
    }
  }
  try {
    const outcome = await chosen.seat.engine.run(container.id, {
      onOutput: (chunk) => {
        takenBytes += chunk.bytes.length
        recorder.take(chunk)
      },
      outputMaxBytes: OUTPUT_LIMIT_BYTES,
      timeoutMs: watch ? limitMs + WATCH_MARGIN_MS : limitMs,
      ...watch?.options,
      signal,
    })
    const service = await watch?.end()
    note(outcome, service)
    takenBytes = 0
    return classify(setting, mode, outcome, recorder, resolution)
  } catch (error) {
    const service = await watch?.end()
    // Cancelled, or the engine was lost: nobody saw the end, and what was written until then is all there is.
    if (takenBytes > 0) {
      const durationMs = Math.round(performance.now() - startedAtMs)
      note(
        { durationMs, outputTruncated: takenBytes >= OUTPUT_LIMIT_BYTES, outputBytes: takenBytes },
        service,
      )
    }
    throw error
  }
}

function hasHealthCheck({ plan, platform }: AttemptSetting): boolean {
  const { healthcheck = [] } = plan.jobs.find((job) => job.platform === platform)?.image?.config ?? {}
  return healthcheck.length > 0 && healthcheck[0] !== 'NONE'
}

function classify(
  { plan, wanted, record, chosen }: AttemptSetting,
  mode: ChosenSeat['mode'],
  outcome: RunOutcome,
  recorder: OutputRecorder,
  resolution: EntrypointResolution,
): Ending {
  const { profile } = plan
  const filled = plan.expectOutput && fillExpectation(plan.expectOutput, wanted)
  const texts = [recorder.output, recorder.textOf('stdout'), recorder.textOf('stderr')]
  return classifyOutcome({
    execution: outcome,
    output: recorder.output,
    mode,
    resolution,
    binaries: matchBinaries(resolution, wanted),
    expectations: {
      exitCode: profile.expectExitCode ?? 0,
      ...(filled
        ? { output: { expected: formatExpectation(filled), found: matchOutput(filled, texts) } }
        : {}),
      isService: profile.service !== undefined,
      service: record.execution?.service && {
        seen: record.execution.service,
        limitMs: runTimes(profile, chosen.mode).limitMs,
      },
      hasNetwork: profile.network ?? false,
    },
    limit: timeLimit(profile, chosen.mode),
  })
}

/** How it really ran: a foreign binary under a false label may be the engine's own. */
function executionMode(
  { chosen, wanted }: AttemptSetting,
  resolution: EntrypointResolution,
): ChosenSeat['mode'] {
  if (matchBinaries(resolution, wanted) !== 'differ') return chosen.mode
  const { os, architecture } = chosen.seat.info
  const own = matchBinaries(resolution, { os, architecture })
  return own === 'unknown' || resolution.kind === 'not-elf'
    ? chosen.mode
    : own === 'match'
      ? 'native'
      : 'emulated'
}

/** What a report says of its time limit; a service has none but how long it has to last. */
function limitOf({ plan: { profile }, chosen }: AttemptSetting) {
  if (profile.service) return {}
  const { ms, factor } = timeLimit(profile, chosen.mode)
  return { limitMs: ms, ...(factor === 1 ? {} : { limitFactor: factor }) }
}
