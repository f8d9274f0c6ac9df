import type { Engine } from '#lib/engine/engine.ts'
import type { PlatformProbe } from '#lib/engine/probe/judge-probe.ts'
import { type EngineFingerprint, type ProbeImage, probeEngine } from '#lib/engine/probe/probe-engine.ts'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { EngineSeat, EngineSeats } from './run-context.ts'
import { untilAborted } from './until-aborted.ts'

/** Keeps what was found out of engines. Platforms that could not be run are not asked back: that may change. */
export interface ProbeMemory {
  get(key: string): Promise<readonly PlatformProbe[] | undefined> | readonly PlatformProbe[] | undefined
  put(key: string, platforms: readonly PlatformProbe[]): Promise<void> | void
}

/** What a pool is made of. */
export interface EnginePoolOptions {
  /** Best first. */
  readonly engines: readonly Engine[]
  /** Why engines that were meant to be there are not among them. */
  readonly problems: readonly AppError[]
  /** The sample, read anew for each probe. */
  readonly readProbeImages: (signal?: AbortSignal) => Promise<readonly ProbeImage[]>
  readonly memory: ProbeMemory
  readonly instance: string
  readonly now: () => Date
}

/** How long an engine's answers are believed without asking it again. */
const BELIEVED_MS = 60_000

interface Known {
  readonly seat: EngineSeat
  readonly atMs: number
}

/** The engines of a process, each probed when it is first needed and after it changed. */
export class EnginePool {
  private readonly options: EnginePoolOptions
  private readonly known = new Map<Engine, Known>()
  private readonly flights = new Map<Engine, Promise<EngineSeat>>()
  private readonly met = new Set<Engine>()
  private readonly left = new Map<Engine, Set<string>>()

  constructor(options: EnginePoolOptions) {
    this.options = options
  }

  /** What can run here now. `again` probes everything anew. Rejects only when the signal aborts. */
  async list(signal?: AbortSignal, again = false): Promise<EngineSeats> {
    const { engines, problems } = this.options
    const asked = await Promise.allSettled(engines.map((engine) => this.seatOf(engine, signal, again)))
    signal?.throwIfAborted()
    return {
      seats: asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
      problems: [
        ...problems,
        ...asked.flatMap((answer) => (answer.status === 'rejected' ? [toAppError(answer.reason)] : [])),
      ],
    }
  }

  /** Notes a container that an engine could not remove; it goes when the engine is next met. */
  noteLeft(engine: Engine, container: string): void {
    const left = this.left.get(engine) ?? new Set()
    this.left.set(engine, left.add(container))
    this.known.delete(engine)
  }

  /** Drops all connections. */
  async close(): Promise<void> {
    await Promise.allSettled(this.options.engines.map((engine) => engine.close()))
  }

  private async seatOf(engine: Engine, signal: AbortSignal | undefined, again: boolean): Promise<EngineSeat> {
    const known = this.known.get(engine)
    if (known && !again && this.options.now().getTime() - known.atMs < BELIEVED_MS) return known.seat
    // Shared by all who wait, so it does not end with the first one's signal.
    const flight =
      this.flights.get(engine) ?? this.meet(engine, again).finally(() => this.flights.delete(engine))
    this.flights.set(engine, flight)
    return untilAborted(flight, signal)
  }

  private async meet(engine: Engine, again: boolean): Promise<EngineSeat> {
    const { instance, now, memory } = this.options
    const info = await engine.info()
    // Only before the first run: it takes everything of this instance along.
    if (!this.met.has(engine)) await engine.sweep({ instance, now: now() }).catch(() => [])
    this.met.add(engine)
    await this.removeLeft(engine)
    const { kernel, architecture } = info
    const key = keyOf(engine, { kernel, architecture, engine: `${info.kind} ${info.version}` })
    const remembered = again ? [] : ((await memory.get(key)) ?? [])
    const images = await this.options.readProbeImages()
    const unknown = images.filter(
      ({ platform }) => !remembered.some((each) => each.platform === platformText(platform)),
    )
    const probed = unknown.length > 0 ? (await probeEngine(engine, unknown, { instance, now })).platforms : []
    const platforms = [...remembered, ...probed]
    const able = platforms.filter((each) => each.mode !== 'cannot')
    await memory.put(key, able)
    const seat = { engine, info, platforms }
    // What cannot be run now may be a moment after an emulator was installed.
    if (able.length === platforms.length) this.known.set(engine, { seat, atMs: now().getTime() })
    else this.known.set(engine, { seat, atMs: Number.NEGATIVE_INFINITY })
    return seat
  }

  private async removeLeft(engine: Engine): Promise<void> {
    const left = this.left.get(engine) ?? new Set()
    await Promise.all(
      [...left].map((container) =>
        engine.remove(container).then(
          () => left.delete(container),
          () => {},
        ),
      ),
    )
  }
}

function keyOf({ address }: Engine, fingerprint: EngineFingerprint): string {
  return JSON.stringify([address, fingerprint.engine, fingerprint.architecture, fingerprint.kernel])
}
