import { randomInt } from 'node:crypto'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { formatRepository } from '#lib/oci/reference.ts'
import type { Queue } from '#lib/queue/queue.ts'
import type { ReportJob } from '#lib/report/model.ts'
import type { AwaitedPlatforms, StoredRun } from '#lib/store/stored-run.ts'
import type { StoredContext } from '../context.ts'
import { Arrivals } from './arrivals.ts'
import { conductRun } from './conduct-run.ts'
import { LiveRun } from './live-run.ts'
import { announceJob, type RunPlan } from './plan-run.ts'
import type { RequestKey } from './request-key.ts'
import type { RunContext } from './run-context.ts'
import { runDto, waitingRunDto } from './run-dto.ts'

/** What a desk is made of. */
export interface RunDeskOptions {
  readonly context: RunContext & StoredContext
  readonly queue: Queue
  /** Told of faults of Archway's own: a run that one stops is taken up again a little later. */
  readonly onFault: (error: unknown, runId: string) => void
}

/** What is kept of a run beside its plan. */
export interface StartOptions {
  readonly removeImages: boolean
  /** Platforms whose results come from elsewhere. */
  readonly awaits?: AwaitedPlatforms | undefined
  /** The same request under this key is not started again. */
  readonly key?: RequestKey | undefined
}

interface ActiveRun {
  readonly live: LiveRun
  readonly arrivals: Arrivals
  readonly stop: AbortController
  /** Never rejects. */
  readonly over: Promise<void>
}

/** Runs that are not over. Each holds a little memory; nobody waits for the thousandth. */
const RUNS_LIMIT = 500
/** Cancelling answers within this time, whatever an engine does. */
const CANCEL_WITHIN_MS = 2_000
/** Stopping waits this long for containers to go; what is left then goes when Archway starts again. */
const CLOSE_WITHIN_MS = 3_000
/** After a fault of Archway's own a run rests this long. */
const REST_MS = 30_000
/** Without letters that are taken for others. */
const ID_SYMBOLS = '0123456789abcdefghjkmnpqrstvwxyz'
const ID_LENGTH = 16

/**
 * The runs of a server: starts them, follows them, ends them, takes them up again after a stop of whatever kind. All
 * that counts is in the store before anybody is told; what is here is gone with the process and nothing is lost.
 */
export class RunDesk {
  private readonly options: RunDeskOptions
  private readonly active = new Map<string, ActiveRun>()
  private readonly resting = new Map<string, NodeJS.Timeout>()
  private beginning = 0
  private closed: Promise<void> | undefined

  constructor(options: RunDeskOptions) {
    this.options = options
  }

  /** Keeps a planned run and begins to work on it. Answers its id once it is kept. Throws `runs_too_many`. */
  async start(plan: RunPlan, options: StartOptions): Promise<string> {
    if (this.closed) throw stopping()
    if (this.active.size + this.beginning >= RUNS_LIMIT) throw tooMany()
    this.beginning++
    try {
      return await this.keep(plan, options)
    } finally {
      this.beginning--
    }
  }

  private async keep(plan: RunPlan, { removeImages, awaits, key }: StartOptions): Promise<string> {
    const { store, now } = this.options.context
    const id = newRunId()
    await store.runs.create({
      id,
      repository: formatRepository(plan.repository),
      reference: plan.reference,
      pinned: plan.pinned,
      digest: plan.digest,
      kind: plan.kind,
      profile: plan.profile,
      plan: {
        jobs: plan.jobs.map(announceJob),
        leftOut: [...plan.leftOut],
        findings: plan.findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence } })),
        ...(plan.accepted.length > 0 ? { accepted: [...plan.accepted] } : {}),
        ...(plan.profileOrigin ? { profileOrigin: plan.profileOrigin } : {}),
      },
      removeImages,
      awaits,
      createdAt: now(),
      key,
    })
    const stored = await store.runs.get(id)
    if (stored) this.work(stored, plan)
    return id
  }

  /** Takes up what a server before this one did not end, oldest first. */
  async recover(): Promise<void> {
    for (const id of await this.options.context.store.runs.unfinished()) await this.takeUp(id)
  }

  /** Keeps a result that was submitted, unless there is one; then the run goes on with it. Throws `server_stopping`. */
  async takeResult(id: string, job: ReportJob): Promise<boolean> {
    if (this.closed) throw stopping()
    const { store, now } = this.options.context
    const isKept = await store.runs.endOpenJob(id, job, now())
    if (isKept) this.active.get(id)?.arrivals.tell(job.platform)
    return isKept
  }

  /** A run that is being worked on. */
  live(id: string): LiveRun | undefined {
    return this.active.get(id)?.live
  }

  /** Ends a run, and waits two seconds at most until it is over. One that is over, or unknown, stays as it is. */
  async cancel(id: string): Promise<void> {
    const { store, now } = this.options.context
    // Kept first: an abort without it means that Archway stops.
    await store.runs.askToCancel(id, now())
    if (!this.active.has(id)) await this.takeUp(id)
    const run = this.active.get(id)
    if (run === undefined) return
    run.stop.abort()
    await within(CANCEL_WITHIN_MS, run.over)
  }

  /**
   * Stops in good order: containers go, what was worked on is queued again for the next start. Resolves within three
   * seconds. Safe to repeat.
   */
  close(): Promise<void> {
    this.closed ??= this.closeOnce()
    return this.closed
  }

  private async closeOnce(): Promise<void> {
    for (const timer of this.resting.values()) clearTimeout(timer)
    for (const { stop } of this.active.values()) stop.abort()
    const over = [...this.active.values()].map((run) => run.over)
    await within(CLOSE_WITHIN_MS, Promise.all([...over, this.options.queue.close()]))
  }

  private async takeUp(id: string): Promise<void> {
    clearTimeout(this.resting.get(id))
    this.resting.delete(id)
    if (this.closed || this.active.has(id)) return
    const stored = await this.options.context.store.runs.get(id).catch((error: unknown) => {
      this.options.onFault(error, id)
      return undefined
    })
    if (stored && !isOver(stored) && !this.active.has(id)) this.work(stored)
  }

  private work(stored: StoredRun, plan?: RunPlan): void {
    const { id } = stored
    const { context, queue } = this.options
    const live = new LiveRun(waitingRunDto(stored), context.now)
    const stop = new AbortController()
    const arrivals = new Arrivals()
    if (stored.isCancelAsked) stop.abort()
    const over = conductRun({ context, queue, stored, plan, emit: live.take, arrivals, signal: stop.signal })
      .then((outcome) => this.conclude(id, live, outcome === 'stopped'))
      .catch((error: unknown) => this.rest(id, live, error))
      .finally(() => this.active.delete(id))
    this.active.set(id, { live, arrivals, stop, over })
    if (this.closed) stop.abort()
  }

  private async conclude(id: string, live: LiveRun, wasStopped: boolean): Promise<void> {
    const stored = wasStopped ? undefined : await this.options.context.store.runs.get(id)
    if (stored) live.finish(runDto(stored))
    else live.end()
  }

  private rest(id: string, live: LiveRun, error: unknown): void {
    live.end()
    this.options.onFault(toAppError(error), id)
    if (this.closed) return
    const timer = setTimeout(() => void this.takeUp(id), REST_MS)
    this.resting.set(id, timer.unref())
  }
}

function isOver({ state }: StoredRun): boolean {
  return state === 'finished' || state === 'cancelled'
}

function newRunId(): string {
  return Array.from({ length: ID_LENGTH }, () => ID_SYMBOLS[randomInt(ID_SYMBOLS.length)]).join('')
}

function tooMany(): AppError {
  return new AppError('runs_too_many', `${RUNS_LIMIT} runs are waiting or running; no more are taken.`, {
    hint: 'Wait until some are over, or cancel those that nobody needs.',
  })
}

function stopping(): AppError {
  return new AppError('server_stopping', 'Archway is being stopped and takes no new runs.', {
    hint: 'Try again once it has started.',
  })
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
