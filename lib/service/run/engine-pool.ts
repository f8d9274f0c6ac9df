import { setTimeout as delay } from 'node:timers/promises'
import type { Engine } from '#lib/engine/engine.ts'
import type { NamedEngine, OpenedEngines } from '#lib/engine/open-engines.ts'
import type { ProbeImage } from '#lib/engine/probe/probe-engine.ts'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { meetEngine } from './meet-engine.ts'
import type { ProbeMemory } from './probe-memory.ts'
import type { EngineSeat, EngineSeats } from './run-context.ts'
import { untilAborted } from './until-aborted.ts'

/** What a pool is made of. */
export interface EnginePoolOptions {
  /** Best first. */
  readonly engines: readonly NamedEngine[]
  /** Why engines that were meant to be there are not among them. */
  readonly problems: readonly AppError[]
  /** Looks for engines that have been started since, given those that are known. */
  readonly lookAgain?: (known: readonly NamedEngine[]) => OpenedEngines
  /** The sample, read anew for each probe. */
  readonly readProbeImages: (signal?: AbortSignal) => Promise<readonly ProbeImage[]>
  /** The sample where it is not for probing: to ask what an emulator makes of its variables. */
  readonly readSample?: ((signal?: AbortSignal) => Promise<readonly ProbeImage[]>) | undefined
  readonly memory: ProbeMemory
  /** Images that have to leave engines: those of jobs that are over go when their engine is met. */
  readonly owedImages?: OwedImages | undefined
  readonly instance: string
  readonly now: () => Date
  /** An engine that was there and has gone is waited for so long after it was missed: it may be restarting. */
  readonly returnMs?: number | undefined
}

/** Images that have to leave, by the engine's name. */
export interface OwedImages {
  dueOn(engine: string): Promise<readonly string[]>
  settle(engine: string, image: string): Promise<void>
}

/** An engine of the pool, as far as it is known. */
export interface EngineState {
  readonly named: NamedEngine
  /** What it said and showed when it was last met; also when it has gone since. */
  readonly seat: EngineSeat | undefined
  /** Why it is not there now. */
  readonly problem: AppError | undefined
  /** It is being asked at this moment. */
  readonly isBusy: boolean
}

/** How long an engine's answers are believed without asking it again. */
const BELIEVED_MS = 60_000
/** An emulator may be installed any moment. */
const CANNOT_BELIEVED_MS = 10_000
/**
 * An engine that took long to be missed is not waited for by everybody who comes next. A connection that nobody takes
 * fails after five seconds; a socket that is not there fails at once, on a busy machine too.
 */
const SLOW_FAILURE_MS = 4_500
const SLOW_FAILURE_BELIEVED_MS = 30_000

/** An engine that was lost, or would not let go of a container, is looked after in this rhythm. */
const VISIT_AFTER_MS = 5_000

/** An engine that may be restarting is asked again after this. */
const RETURN_RETRY_MS = 400

interface Known {
  readonly seat: EngineSeat | undefined
  readonly problem: AppError | undefined
  readonly believedUntilMs: number
}

interface Flight {
  readonly anew: boolean
  readonly done: Promise<Known>
}

/** The engines of a process, each met when it is first needed, probed, and asked again after a while. */
export class EnginePool {
  private readonly options: EnginePoolOptions
  private opened: OpenedEngines
  private readonly known = new Map<Engine, Known>()
  private readonly flights = new Map<Engine, Flight>()
  private readonly met = new Set<Engine>()
  private readonly doubted = new Set<Engine>()
  private readonly left = new Map<Engine, Set<string>>()
  private readonly goneSinceMs = new Map<Engine, number>()
  private readonly visits = new Map<Engine, NodeJS.Timeout>()

  constructor(options: EnginePoolOptions) {
    this.options = options
    this.opened = options
  }

  /** Why engines that were meant to be there are not in the pool at all. */
  get problems(): readonly AppError[] {
    return this.opened.problems
  }

  /**
   * The engines that can run something now. One that was there a moment ago is waited for, for what is skipped is not
   * tried again. Rejects only when the signal aborts.
   */
  async list(signal?: AbortSignal): Promise<EngineSeats> {
    const askAll = () => Promise.all(this.look().map((named) => untilAborted(this.ask(named, false), signal)))
    let known = await askAll()
    while (this.isAwaited()) {
      await untilAborted(delay(RETURN_RETRY_MS), signal)
      known = await askAll()
    }
    return {
      seats: known.flatMap(({ seat, problem }) => (seat && !problem ? [seat] : [])),
      problems: [...this.problems, ...known.flatMap(({ problem }) => (problem ? [problem] : []))],
    }
  }

  /** Every engine. Those that have to be asked are waited for, `waitMs` at most. Rejects only when the signal aborts. */
  async states(waitMs: number, signal?: AbortSignal): Promise<readonly EngineState[]> {
    const all = Promise.all(this.look().map((named) => this.ask(named, false)))
    await untilAborted(withinTime(all, waitMs), signal)
    return this.opened.engines.map((named) => this.stateOf(named))
  }

  /**
   * Probes an engine anew, whatever is remembered; all without a name. Those who ask at once share one probe. Answers
   * whether there is an engine of that name. Rejects only when the signal aborts, and then the probe goes on.
   */
  async probe(name: string | undefined, signal?: AbortSignal): Promise<boolean> {
    const chosen = this.look().filter((each) => name === undefined || each.name === name)
    await untilAborted(Promise.all(chosen.map((named) => this.ask(named, true))), signal)
    return name === undefined || chosen.length > 0
  }

  /** Notes a container that an engine could not remove; it goes when the engine is next met. */
  noteLeft(engine: Engine, container: string): void {
    const left = this.left.get(engine) ?? new Set()
    this.left.set(engine, left.add(container))
    this.askNext(engine)
  }

  /** Meets every engine in a while, for what is to leave them. */
  visitSoon(): void {
    for (const { engine } of this.opened.engines) this.askNext(engine)
  }

  /** Drops all connections. */
  async close(): Promise<void> {
    for (const timer of this.visits.values()) clearTimeout(timer)
    await Promise.allSettled(this.opened.engines.map(({ engine }) => engine.close()))
  }

  private isAwaited(): boolean {
    const { returnMs = 0 } = this.options
    return this.goneSinceMs.values().some((sinceMs) => performance.now() - sinceMs < returnMs)
  }

  private look(): readonly NamedEngine[] {
    this.opened = this.options.lookAgain?.(this.opened.engines) ?? this.opened
    return this.opened.engines
  }

  private stateOf(named: NamedEngine): EngineState {
    const known = this.known.get(named.engine)
    const isBusy = this.flights.has(named.engine)
    return { named, seat: known?.seat, problem: known?.problem, isBusy }
  }

  private askNext(engine: Engine): void {
    const known = this.known.get(engine)
    if (known) this.known.set(engine, { ...known, believedUntilMs: Number.NEGATIVE_INFINITY })
    this.visitLater(engine)
  }

  /** What was left on an engine goes when it is back, though nobody has anything to run there. */
  private visitLater(engine: Engine): void {
    const named = this.opened.engines.find((each) => each.engine === engine)
    if (named === undefined || this.visits.has(engine)) return
    const visit = async () => {
      this.visits.delete(engine)
      const { problem } = await this.ask(named, false)
      if (problem || this.left.get(engine)?.size) this.visitLater(engine)
    }
    this.visits.set(engine, setTimeout(() => void visit(), VISIT_AFTER_MS).unref())
  }

  /** Never rejects. Shared by all who wait, so it does not end with the first one's signal. */
  private ask(named: NamedEngine, anew: boolean): Promise<Known> {
    const { engine } = named
    const flight = this.flights.get(engine)
    if (flight && (flight.anew || !anew)) return flight.done
    const known = this.known.get(engine)
    if (!flight && !anew && known && this.options.now().getTime() < known.believedUntilMs)
      return Promise.resolve(known)
    const before = flight?.done ?? Promise.resolve()
    const next: Flight = { anew, done: before.then(() => this.meet(named, anew)) }
    this.flights.set(engine, next)
    return next.done.finally(() => {
      if (this.flights.get(engine) === next) this.flights.delete(engine)
    })
  }

  private async meet(named: NamedEngine, anew: boolean): Promise<Known> {
    const { engine } = named
    const startedMs = this.options.now().getTime()
    const options = {
      ...this.options,
      anew: this.doubted.delete(engine) || anew,
      onAnswer: () => this.tidy(named),
    }
    const known = await meetEngine(named, options).then(
      (seat) => this.believe(seat),
      (error: unknown) => this.mistrust(engine, toAppError(error), startedMs),
    )
    this.known.set(engine, known)
    return known
  }

  private believe(seat: EngineSeat): Known {
    this.goneSinceMs.delete(seat.engine)
    const isWhole = seat.platforms.every((each) => each.mode !== 'cannot' || each.withheld)
    const believedMs = isWhole ? BELIEVED_MS : CANNOT_BELIEVED_MS
    const doubt = () => {
      this.doubted.add(seat.engine)
      this.askNext(seat.engine)
    }
    const believedUntilMs = this.options.now().getTime() + believedMs
    const missed = () => this.askNext(seat.engine)
    return { seat: { ...seat, doubt, missed }, problem: undefined, believedUntilMs }
  }

  private mistrust(engine: Engine, problem: AppError, startedMs: number): Known {
    const endedMs = this.options.now().getTime()
    const isSlow = endedMs - startedMs > SLOW_FAILURE_MS
    const believedUntilMs = isSlow ? endedMs + SLOW_FAILURE_BELIEVED_MS : Number.NEGATIVE_INFINITY
    const seat = this.known.get(engine)?.seat
    if (seat && !this.goneSinceMs.has(engine)) this.goneSinceMs.set(engine, performance.now())
    return { seat, problem, believedUntilMs }
  }

  private async tidy({ engine, name }: NamedEngine): Promise<void> {
    const { instance, now } = this.options
    if (this.met.has(engine)) {
      await engine.sweep({ now: now() }).catch(() => {})
    } else {
      // Only before the first run, for it takes everything of this instance along; nothing runs there before it is done.
      const { left } = await engine.sweep({ instance, now: now() })
      this.left.set(engine, new Set([...(this.left.get(engine) ?? []), ...left]))
      this.met.add(engine)
    }
    await this.removeLeft(engine)
    await this.removeOwed(engine, name)
  }

  /** What cannot be removed now, or is in use, stays owed. */
  private async removeOwed(engine: Engine, name: string): Promise<void> {
    const { owedImages } = this.options
    const due = (await owedImages?.dueOn(name).catch(() => [])) ?? []
    for (const image of due) {
      const isGone = await engine.removeImage(image).catch(() => false)
      if (isGone) await owedImages?.settle(name, image).catch(() => {})
    }
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

/** Ends with `work`, or without it when the time is up. */
async function withinTime(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, time])
  clearTimeout(timer)
}
