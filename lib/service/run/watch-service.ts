import type { ContainerSpec, Lease } from '#lib/engine/container-spec.ts'
import type { ContainerHealth } from '#lib/engine/engine.ts'
import { portProbeSpec, runPortProbe } from '#lib/engine/probe/try-port.ts'
import type { RunOptions } from '#lib/engine/run-outcome.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { outputTail } from '#lib/report/render/report-words.ts'
import { type RunProfile, runTimes, type ServiceProfile } from '#lib/report/run-profile.ts'
import type { SeenHealth, SeenPort, ServiceSeen } from '#lib/report/service-seen.ts'
import type { ChosenSeat } from './choose-seat.ts'

/** Looks at a service while it runs. */
export interface ServiceWatch {
  /** For the run: it tells when the program has started, and may be ended once enough was seen. */
  readonly options: Pick<RunOptions, 'onStarted' | 'enough'>
  /** Ends looking, whatever is still under way, and answers what was seen. Never rejects. */
  end(): Promise<ServiceSeen>
}

/** What is watched, and how the helper’s container is made and removed: as the job’s others are. */
export interface WatchedService {
  readonly profile: RunProfile
  readonly chosen: ChosenSeat
  readonly container: string
  /** By the image’s config; an engine may know nothing of it. */
  readonly hasHealthCheck: boolean
  readonly lease: Lease
  readonly signal: AbortSignal | undefined
  readonly create: (spec: ContainerSpec) => Promise<{ readonly id: string }>
  readonly remove: (container: string) => Promise<void>
}

/** The engine is asked this often how the container is. */
const HEALTH_PAUSE_MS = 400
/** Kept of what a health check wrote. */
const SHOWN_OUTPUT = { maxLength: 2_000, maxLines: 20 }

/**
 * Prepares looking at a service that is asked more than to keep running: does its port answer, does its health check
 * pass? Undefined for everything else. The helper that tries the port is made before the program starts, so that no time
 * is lost then. What cannot be looked at is part of what was seen; throws when the job is cancelled.
 */
export async function watchService(watched: WatchedService): Promise<ServiceWatch | undefined> {
  const { profile, chosen, container } = watched
  const { service } = profile
  if (service === undefined || (service.port === undefined && !service.health)) return undefined
  const { limitMs, stayMs } = runTimes(profile, chosen.mode)
  const { engine, info } = chosen.seat
  const over = new AbortController()
  const signal = watched.signal ? AbortSignal.any([over.signal, watched.signal]) : over.signal
  const started = Promise.withResolvers<number>()
  const failed = Promise.withResolvers<void>()
  const seen: { port?: SeenPort; health?: SeenHealth } = {}
  const helper = service.port === undefined ? undefined : await openHelper(watched, service, limitMs)
  const sinceStart = async () => Math.round(performance.now() - (await started.promise))

  async function lookAtPort(port: number, { path }: { path?: string | undefined }): Promise<void> {
    const asked = { port, ...(path === undefined ? {} : { path }), answered: false, listening: [] }
    seen.port = asked
    try {
      if (helper === undefined || 'problem' in helper) throw helper?.problem
      const startedAtMs = await started.promise
      let afterMs = 0
      const answer = await runPortProbe(engine, info, helper.id, {
        limitMs,
        signal,
        onTold: () => {
          afterMs = Math.round(performance.now() - startedAtMs)
        },
      })
      seen.port = {
        ...asked,
        ...answer,
        listening: [...answer.listening],
        ...(answer.answered ? { afterMs } : {}),
      }
    } catch (error) {
      if (!signal.aborted) seen.port = { ...asked, problem: toAppError(error).message }
    }
    if (!seen.port.answered) failed.resolve()
  }

  async function lookAtHealth(): Promise<void> {
    try {
      while ((await sinceStart()) < limitMs && !signal.aborted) {
        const health = await engine.health(container, { signal })
        const afterMs = await sinceStart()
        seen.health = { ...seenHealth(health), ...(health.status === 'healthy' ? { afterMs } : {}) }
        if (health.status === 'healthy') return
        if (health.status !== 'starting') break
        await pause(HEALTH_PAUSE_MS, signal)
      }
      const { status, exitCode } = seen.health ?? {}
      const isUntried =
        status === 'none' ? watched.hasHealthCheck : status === 'starting' && exitCode === undefined
      if (!signal.aborted && isUntried) seen.health = { status: 'unknown' }
    } catch (error) {
      if (!signal.aborted) seen.health = { status: 'unknown', problem: toAppError(error).message }
    }
    failed.resolve()
  }

  const looking = started.promise.then(() =>
    Promise.all([
      pause(stayMs, signal),
      service.port === undefined ? undefined : lookAtPort(service.port, service),
      service.health ? lookAtHealth() : undefined,
    ]),
  )
  return {
    options: {
      onStarted: () => started.resolve(performance.now()),
      enough: Promise.race([looking, failed.promise]),
    },
    end: async () => {
      over.abort()
      started.resolve(performance.now())
      await looking
      if (helper && 'id' in helper) await watched.remove(helper.id)
      return seen
    },
  }
}

/** The helper’s container, or why there is none. */
async function openHelper(
  { chosen, container, lease, signal, create }: WatchedService,
  { port = 0, path }: Pick<ServiceProfile, 'port' | 'path'>,
  limitMs: number,
): Promise<{ readonly id: string } | { readonly problem: unknown }> {
  const { engine, info } = chosen.seat
  try {
    const question = { port, path, limitMs, container, lease }
    return await create(await portProbeSpec(engine, info, question, { signal }))
  } catch (problem) {
    if (signal?.aborted) throw problem
    return { problem }
  }
}

function seenHealth({ status, last }: ContainerHealth): SeenHealth {
  const output = last && outputTail(last.output, SHOWN_OUTPUT).text.trim()
  return {
    status,
    ...(last ? { exitCode: last.exitCode } : {}),
    ...(output ? { output } : {}),
  }
}

/** Ends early, and without an error, when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
