import PQueue from 'p-queue'
import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { isFallbackTag } from '#lib/oci/tag-groups.ts'
import { compareTagKeys, tagSortKey } from '#lib/oci/tag-order.ts'
import type { CachedSource } from '#lib/source/cache/cached-source.ts'
import type { CallOptions } from '#lib/source/image-source.ts'
import { detailTagRow, resolveTagRow } from './resolve-tag-row.ts'
import { isPending, pendingRow, type TagRow } from './tag-row.ts'

/** Tag resolutions in flight per repository; the registry client bounds the host as a whole. */
const CONCURRENCY = 16
/** A tag list younger than this is not asked for again. */
const LIST_FRESH_MS = 60_000
/** A tag → digest answer younger than this is taken as it is. */
const TAG_FRESH_MS = 5 * 60_000
/** A failed row is tried again when somebody looks at it after this long. */
const FAILED_RETRY_MS = 10_000

/** What a subscriber is told: rows that changed, or that the state of the whole changed. */
export type ListingEvent =
  | { readonly kind: 'rows'; readonly rows: readonly TagRow[] }
  | { readonly kind: 'state' }

/** Where a listing stands. `paused` keeps its reason in `problem`, as `failed` does. */
export type ListingState = 'listing' | 'resolving' | 'complete' | 'paused' | 'failed'

/**
 * The tags of one repository as they become known: names first, rows as somebody looks at them, the rest in the
 * background while somebody is subscribed. Lives in memory; what is behind it is cached on disk by the source.
 */
export class TagListing {
  readonly source: CachedSource
  private readonly now: () => Date
  private readonly rows = new Map<string, TagRow>()
  private readonly inFlight = new Map<string, Promise<void>>()
  private readonly subscribers = new Set<(event: ListingEvent) => void>()
  private readonly foreground = new PQueue({ concurrency: CONCURRENCY })
  private sorted: readonly string[] = []
  private listing: Promise<void> | undefined
  private listedAtMs = Number.NEGATIVE_INFINITY
  private sweep: AbortController | undefined
  private currentState: ListingState = 'listing'
  private currentProblem: AppError | undefined

  constructor(source: CachedSource, now: () => Date) {
    this.source = source
    this.now = now
  }

  get state(): ListingState {
    return this.currentState
  }

  get problem(): AppError | undefined {
    return this.currentProblem
  }

  get listedAt(): Date | undefined {
    return Number.isFinite(this.listedAtMs) ? new Date(this.listedAtMs) : undefined
  }

  /** All tag names, newest version first. */
  get names(): readonly string[] {
    return this.sorted
  }

  row(name: string): TagRow {
    return this.rows.get(name) ?? pendingRow(name)
  }

  /**
   * Promises that the names are known. One flight however many ask. A failure after the first page keeps what came
   * and is told by `problem`; with nothing at all it is thrown.
   */
  async ensureListed(options: { refresh?: boolean; signal?: AbortSignal | undefined } = {}): Promise<void> {
    const isFresh = this.now().getTime() - this.listedAtMs < LIST_FRESH_MS
    if (isFresh && !options.refresh) return
    this.listing ??= this.list().finally(() => {
      this.listing = undefined
    })
    await abortable(this.listing, options.signal)
    if (this.currentState === 'failed' && this.sorted.length === 0 && this.currentProblem)
      throw this.currentProblem
  }

  /** Shows the names of the last listing, also of an earlier process, while nothing newer is known. */
  async recall(signal: AbortSignal | undefined): Promise<void> {
    if (this.sorted.length > 0) return
    const last = await this.source.lastTagNames({ signal })
    if (!last || this.sorted.length > 0) return
    this.sort(last.names)
    this.listedAtMs = Math.max(this.listedAtMs, last.listedAt.getTime())
    this.change('resolving')
  }

  /** Resolves these rows before anything in the background. Never throws for a row: its failure stays in it. */
  async resolve(names: readonly string[], options: { refresh?: boolean; signal?: AbortSignal | undefined }) {
    const wanted = names.filter((name) => options.refresh || this.needsLook(name))
    if (options.refresh) for (const name of wanted) this.forget(name)
    await this.foreground.addAll(
      wanted.map((name) => async () => {
        if (options.signal?.aborted) return
        await this.resolveOne(name, {})
        // It may have joined background work that was cancelled under it.
        if (isPending(this.row(name))) await this.resolveOne(name, {})
      }),
    )
    this.settle()
  }

  /** Fills in sizes and times of these rows; resolves them first, failed ones again. */
  async detail(names: readonly string[], options: { signal?: AbortSignal | undefined }): Promise<void> {
    for (const name of names) if (this.rows.get(name)?.state === 'failed') this.forget(name)
    await this.resolve(names, options)
    await this.foreground.addAll(
      names.map((name) => async () => {
        const row = this.row(name)
        if (row.state !== 'resolved' || row.facts?.sizes || options.signal?.aborted) return
        const detailed = await detailTagRow(this.source, row, { signal: options.signal })
        // The tag may have moved while its children were read: then this detail belongs to another row.
        if (this.row(name).digest === row.digest) this.set(detailed)
      }),
    )
  }

  /** Tells `listener` of changes and keeps the background going until the returned function is called. */
  subscribe(listener: (event: ListingEvent) => void): () => void {
    this.subscribers.add(listener)
    if (!this.sweep) {
      if (this.currentState !== 'listing') this.change('resolving')
      void this.startSweep()
    }
    return () => {
      this.subscribers.delete(listener)
      if (this.subscribers.size > 0) return
      this.sweep?.abort()
      this.sweep = undefined
    }
  }

  private async list(): Promise<void> {
    const startedAtMs = this.now().getTime()
    const seen = new Set<string>()
    this.change('listing')
    try {
      for await (const page of this.source.listTags()) {
        for (const name of page) seen.add(name)
        this.take(seen)
      }
      for (const name of this.rows.keys()) if (!seen.has(name)) this.rows.delete(name)
      this.sort(seen)
      this.listedAtMs = startedAtMs
      this.change('resolving')
      this.settle()
    } catch (error) {
      this.change('failed', toAppError(error))
    }
  }

  private take(seen: ReadonlySet<string>): void {
    if (this.sorted.length > 0 && seen.size < this.sorted.length) return
    this.sort(seen)
    this.emit({ kind: 'state' })
  }

  private sort(names: Iterable<string>): void {
    this.sorted = [...names]
      .map((name) => ({ name, key: tagSortKey(name) }))
      .sort((a, b) => compareTagKeys(b.key, a.key))
      .map((entry) => entry.name)
  }

  private async startSweep(): Promise<void> {
    const sweep = new AbortController()
    this.sweep = sweep
    try {
      await this.ensureListed({ signal: sweep.signal })
    } catch {
      return // `state` and `problem` tell it.
    }
    if (this.currentState === 'failed') return
    this.change('resolving')
    const pending = this.sorted.filter((name) => !isFallbackTag(name) && this.isStale(name))
    const iterator = pending.values()
    const worker = async (): Promise<void> => {
      for (const name of iterator) {
        if (sweep.signal.aborted) return
        await this.resolveOne(name, { background: true, signal: sweep.signal })
        if (this.currentState === 'paused') return
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, worker))
    if (sweep.signal.aborted) return
    this.sweep = undefined
    this.settle()
  }

  private resolveOne(name: string, options: CallOptions): Promise<void> {
    const running = this.inFlight.get(name)
    if (running) return running
    const work = this.resolveNow(name, options).finally(() => this.inFlight.delete(name))
    this.inFlight.set(name, work)
    return work
  }

  private async resolveNow(name: string, options: CallOptions): Promise<void> {
    try {
      this.set(await resolveTagRow(this.source, name, this.rows.get(name), TAG_FRESH_MS, options))
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code === 'cancelled') return
      if (options.background && failure.code === 'rate_limited') return this.change('paused', failure)
      this.set({ name, state: 'failed', error: failure, failedAtMs: this.now().getTime() })
    }
  }

  private needsLook(name: string): boolean {
    const row = this.row(name)
    if (row.state === 'failed') return this.now().getTime() - (row.failedAtMs ?? 0) > FAILED_RETRY_MS
    return this.isStale(name)
  }

  private isStale(name: string): boolean {
    const row = this.row(name)
    if (row.state !== 'resolved') return row.state === 'pending'
    return this.now().getTime() - (row.checkedAt?.getTime() ?? 0) > TAG_FRESH_MS
  }

  private forget(name: string): void {
    this.source.forgetTag(name)
    this.rows.delete(name)
  }

  private set(row: TagRow): void {
    this.rows.set(row.name, row)
    this.emit({ kind: 'rows', rows: [row] })
  }

  private settle(): void {
    if (this.currentState !== 'resolving') return
    const isDone = this.sorted.every((name) => isFallbackTag(name) || !isPending(this.row(name)))
    if (isDone) this.change('complete')
  }

  private change(state: ListingState, problem?: AppError): void {
    this.currentState = state
    this.currentProblem = problem
    this.emit({ kind: 'state' })
  }

  private emit(event: ListingEvent): void {
    for (const subscriber of this.subscribers) subscriber(event)
  }
}

/** Waits for `work`, but no longer than `signal` lets it; the work itself goes on for the others who wait. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
