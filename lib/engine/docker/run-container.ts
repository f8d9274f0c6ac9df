import type { Readable } from 'node:stream'
import { AppError } from '#lib/errors/app-error.ts'
import type { RunOptions, RunOutcome, StartFailure } from '../run-outcome.ts'
import { abortError, wrongAnswer } from './connection-error.ts'
import { attach, kill, start, untilNotRunning } from './container-calls.ts'
import { type ContainerState, readContainerState } from './container-state.ts'
import { FrameDemultiplexer } from './demux-frames.ts'
import type { DockerApi } from './docker-api.ts'
import { OutputMeter } from './output-meter.ts'
import { failedExec } from './start-failure.ts'

/**
 * Attach, start, wait, and the state at the end. Whatever goes wrong on the way (an abort, an engine that is lost, a
 * consumer that throws), the container is killed before the error is passed on, as far as the engine can be asked.
 */
export async function runContainer(
  api: DockerApi,
  container: string,
  options: RunOptions,
): Promise<RunOutcome> {
  const { signal } = options
  if (signal?.aborted) throw abortError(signal)
  const calls = new AbortController()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal && abortError(signal))
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([aborted.promise, attendRun(api, container, options, calls.signal)])
  } catch (error) {
    await kill(api, container).catch(() => false)
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
    calls.abort()
  }
}

async function attendRun(
  api: DockerApi,
  container: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const attached = await attach(api, container, signal)
  if ('startFailure' in attached) return neverStarted(attached.startFailure)
  const meter = new OutputMeter(options)
  const drained = drain(api, attached.output, meter, signal)
  // A consumer that throws, or frames that are none, end the run at once; the end of the stream does not.
  const brokenOutput = new Promise<never>((_, reject) => drained.catch(reject))
  const lost = engineLost(api, signal)
  const whileAlive = <T>(work: Promise<T>) => Promise.race([work, brokenOutput, lost])

  const startedAt = new Date()
  const clock = performance.now()
  const startFailure = await whileAlive(start(api, container, signal))
  if (startFailure !== undefined) return neverStarted(startFailure)
  options.onStarted?.()
  const ended = untilNotRunning(api, container, signal)
  const isLate = await whileAlive(
    Promise.race([
      ended.then(() => false),
      after(options.timeoutMs, true, signal),
      ...(options.enough ? [options.enough.then(() => true)] : []),
    ]),
  )
  const timedOut = isLate && (await killAndWait(api, container, ended, signal))
  const durationMs = performance.now() - clock
  const isDrained = await whileAlive(
    Promise.race([drained.then(() => true), after(api.times.drainMs, false, signal)]),
  )
  if (!isDrained) meter.cutShort()
  const state = await readContainerState(api, container, signal)
  return {
    exitCode: state.exitCode,
    startFailure: failedExec(state.exitCode, meter.onlyStderr),
    oomKilled: state.oomKilled,
    timedOut,
    ...times(state, startedAt, durationMs),
    ...meter.counts,
  }
}

function neverStarted(startFailure: StartFailure): RunOutcome {
  return {
    exitCode: undefined,
    startFailure,
    oomKilled: false,
    timedOut: false,
    startedAt: new Date(),
    durationMs: 0,
    outputTruncated: false,
    outputBytes: 0,
  }
}

/** Reads to the end, whatever the cap: a program whose output nobody reads stands still. */
async function drain(api: DockerApi, body: Readable, meter: OutputMeter, signal: AbortSignal): Promise<void> {
  const frames = new FrameDemultiplexer()
  const take = meter.take.bind(meter)
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  while (true) {
    const next = await chunks.next().catch((error: unknown) => {
      // The engine's end is told by `wait`, with a better reason.
      if (!signal.aborted) meter.cutShort()
      return { done: true, value: error } as const
    })
    if (next.done) break
    try {
      frames.push(next.value, take)
    } catch (error) {
      body.destroy()
      if (error instanceof RangeError) throw wrongAnswer(api.address, 'output that is not in frames', error)
      throw error
    }
  }
  if (!frames.isAtEnd) meter.cutShort()
}

/** Answers whether it was the kill that ended it. */
async function killAndWait(
  api: DockerApi,
  container: string,
  ended: Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  const wasRunning = await kill(api, container)
  const isEnded = await Promise.race([ended.then(() => true), after(api.times.killedMs, false, signal)])
  if (isEnded) return wasRunning
  throw new AppError(
    'engine_timeout',
    `The engine at ${api.address} did not end a container it was told to kill.`,
  )
}

/** Never resolves. Rejects when the engine stops answering: a frozen engine or a lost network breaks no connection. */
async function engineLost(api: DockerApi, signal: AbortSignal): Promise<never> {
  const { heartbeatMs, askMs } = api.times
  while (true) {
    await after(heartbeatMs, undefined, signal)
    await api.ask({ method: 'GET', path: '/_ping', headersMs: askMs, idleMs: askMs, signal })
  }
}

/** The engine's own times where it tells them: ours hold the calls too. */
function times(state: ContainerState, startedAt: Date, durationMs: number) {
  const stated = (state.finishedAt?.getTime() ?? Number.NaN) - (state.startedAt?.getTime() ?? Number.NaN)
  const isSane = stated >= 0 && stated <= durationMs + 1_000
  return { startedAt: state.startedAt ?? startedAt, durationMs: isSane ? stated : Math.round(durationMs) }
}

/** `value` after a time; never, when the signal aborts before. */
function after<T>(ms: number, value: T, signal: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(value), ms)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
