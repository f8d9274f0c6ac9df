import os from 'node:os'
import path from 'node:path'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { decodeFacts, encodeFacts, FACTS_VERSION } from '#lib/image/layer/facts-codec.ts'
import type { LayerFacts, LayerListing, LayerScan } from '#lib/image/layer/layer-facts.ts'
import type { FileIdentity } from '#lib/image/layer/read-file-of.ts'
import type { LayerProgress, LayerRequest } from '#lib/image/layer/read-layer.ts'
import { placeFile } from '#lib/image/layer/table/plan-scan.ts'
import { type LayerTable, type ReadRange, readTable } from '#lib/image/layer/table/read-table.ts'
import type { TablePlace } from '#lib/image/layer/table/table-place.ts'
import { digestAlgorithm } from '#lib/oci/digest.ts'
import { EntryTable } from '#lib/source/cache/entry-table.ts'
import { SingleFlight } from '#lib/source/single-flight.ts'
import { FailedLayers } from './failed-layers.ts'
import { readTableFile, scanTable } from './scan-table.ts'
import { ThreadPool } from './thread-pool.ts'
import { WeighedMap } from './weighed-map.ts'

/** What a reader is made of. */
export interface LayerReaderOptions {
  /** Archway's own folder, which holds `lib/`. */
  readonly projectRoot: string
  /** Folder of the cache; undefined keeps it in memory. */
  readonly cacheDir: string | undefined
  readonly cacheMaxBytes: number
  readonly now: () => Date
  /** Layers read at once; as many as there are processors when absent, four at most. */
  readonly threads?: number
}

/** What a caller may tell of one reading. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: LayerProgress) => void) | undefined
  /** Where the bytes come from. A layer that fails is not read again from there for some minutes. */
  readonly origin?: string | undefined
  /** Reads it again all the same. */
  readonly retriesFailed?: boolean | undefined
}

/** A layer that has a table of contents, and how to get parts of it. */
export interface TableAccess {
  readonly place: TablePlace
  readonly readRange: (signal: AbortSignal) => ReadRange
}

/** Opens the layer's bytes; called only when they are needed. */
export type OpenLayer = (signal: AbortSignal) => AsyncIterable<Uint8Array>

/** A listing and what it was taken from: the layer's bytes, verified, or the table of contents it brings along. */
export type ListedLayer =
  | { readonly basis: 'bytes'; readonly facts: LayerFacts }
  | { readonly basis: 'table'; readonly facts: LayerListing }

/** The same with a look into the files that may be code or package databases. */
export type ScannedLayer =
  | { readonly basis: 'bytes'; readonly facts: LayerFacts }
  | { readonly basis: 'table'; readonly facts: LayerScan }

const THREADS_MAX = 4
const NEVER = new AbortController().signal
/** Entries of facts kept decoded: a few images' worth, about 20 MB. */
const DECODED_ENTRIES = 60_000

/**
 * Facts of layers: from memory, from disk, or read by a worker thread, once however many ask. They are a pure function
 * of the layer's bytes and kept by its digest alone, so that a base layer is read once for all images; whoever asks
 * has got the digest out of a manifest they may see.
 */
export class LayerReader {
  private readonly pool: ThreadPool
  private readonly table: EntryTable
  private readonly now: () => Date
  private readonly flights = new SingleFlight<LayerFacts>()
  private readonly tableFlights = new SingleFlight<LayerTable | undefined>()
  private readonly scanFlights = new SingleFlight<LayerScan | undefined>()
  private readonly listeners = new Map<string, Set<(progress: LayerProgress) => void>>()
  private readonly decoded = new WeighedMap<LayerListing>(DECODED_ENTRIES)
  private readonly failed: FailedLayers

  constructor({ projectRoot, cacheDir, cacheMaxBytes, now, threads }: LayerReaderOptions) {
    const standard = Math.min(THREADS_MAX, Math.max(1, os.availableParallelism()))
    const compiledDir = cacheDir === undefined ? undefined : path.join(cacheDir, 'compiled')
    this.pool = new ThreadPool({ projectRoot, compiledDir, threads: threads ?? standard })
    const dir = cacheDir === undefined ? undefined : path.join(cacheDir, 'layers')
    this.table = new EntryTable({ dir, maxBytes: cacheMaxBytes, now })
    this.now = now
    this.failed = new FailedLayers(now)
  }

  /**
   * The facts of a layer. Throws as `readLayer` does, what the source throws, and `cancelled`; the reading itself goes
   * on while anybody else waits for it.
   */
  async read(
    request: LayerRequest,
    open: OpenLayer,
    { signal, onProgress, origin, retriesFailed }: ReadOptions = {},
  ): Promise<LayerFacts> {
    const key = keyOf(request)
    const known = this.recall<LayerFacts>(key)
    if (known) return checkDiffId(known, request)
    // One origin's bytes say nothing of another's, nor does one manifest's size.
    const failureKey = origin && `${key} ${request.sizeBytes} ${origin}`
    const failure = failureKey && !retriesFailed ? this.failed.get(failureKey) : undefined
    if (failure) throw failure
    const listeners = this.listeners.get(key) ?? new Set()
    this.listeners.set(key, listeners)
    if (onProgress) listeners.add(onProgress)
    try {
      // The diffID is the asker's: one who names a wrong one does not fail the others.
      const { diffId: _, ...rest } = request
      const asked = diffAlgorithm(request) === 'sha256' ? rest : request
      const facts = await this.flights.run(key, signal, (shared) => this.readAnew(key, asked, open, shared))
      return checkDiffId(facts, request)
    } catch (error) {
      if (failureKey) this.failed.note(failureKey, error)
      throw error
    } finally {
      if (onProgress) listeners.delete(onProgress)
      if (listeners.size === 0 && this.listeners.get(key) === listeners) this.listeners.delete(key)
    }
  }

  /**
   * What a layer holds, for less than its facts cost where it has a table of contents: the facts when they are known,
   * else the table, and where that does not serve the facts after all. Throws as `read` does.
   */
  async list(
    request: LayerRequest,
    access: TableAccess,
    open: OpenLayer,
    options: ReadOptions = {},
  ): Promise<ListedLayer> {
    const known = this.recall<LayerFacts>(keyOf(request))
    if (known) return { basis: 'bytes', facts: checkDiffId(known, request) }
    const listing = await this.tableOf(request, access, options.signal)
    if (listing) return { basis: 'table', facts: listing }
    return { basis: 'bytes', facts: await this.read(request, open, options) }
  }

  /**
   * What a layer holds, its programs and packages among it, by its table of contents and some parts of it: the facts
   * when they are known, and where the table does not serve after all. Throws as `read` does.
   */
  async scan(
    request: LayerRequest,
    access: TableAccess,
    open: OpenLayer,
    options: ReadOptions = {},
  ): Promise<ScannedLayer> {
    const known = this.recall<LayerFacts>(keyOf(request))
    if (known) return { basis: 'bytes', facts: checkDiffId(known, request) }
    const key = `${FACTS_VERSION} scan ${request.digest} ${access.place.checksum}`
    const scan =
      this.recall<LayerScan>(key) ??
      (await this.scanFlights.run(key, options.signal, async (signal) => {
        const table = await this.tableOf(request, access, signal)
        if (!table) return undefined
        const tools = {
          readRange: access.readRange(signal),
          readInThread: (excerpt: LayerRequest, source: AsyncIterable<Uint8Array>) =>
            this.pool.read({ request: excerpt, source, signal, onProgress: () => {} }),
        }
        const found = await scanTable(table, tools).catch(unlessCancelled)
        return found && this.keep(key, found)
      }))
    if (scan) return { basis: 'table', facts: scan }
    return { basis: 'bytes', facts: await this.read(request, open, options) }
  }

  /**
   * One file of a layer, by range where a table says where it lies, else out of the layer's stream, in a thread, which
   * is left as soon as the file has passed. Throws `not_found` where none of that content is there, and as `read` does.
   */
  async file(
    request: LayerRequest,
    access: TableAccess | undefined,
    open: OpenLayer,
    wanted: FileIdentity,
    { signal = NEVER }: ReadOptions = {},
  ): Promise<Uint8Array> {
    const table = access && (await this.tableOf(request, access, signal))
    const placed = table && placeFile(table, wanted)
    if (placed) {
      const reading = readTableFile(placed, table.compression, access.readRange(signal))
      const bytes = await reading.catch(unlessCancelled)
      if (bytes) return bytes
    }
    const source = openedLate(() => open(signal))
    return this.pool.read({ request, file: wanted, source, signal, onProgress: () => {} })
  }

  /** Whether a layer's facts are at hand, so that asking for them reads nothing. */
  knows(request: LayerRequest): boolean {
    return this.recall(keyOf(request)) !== undefined
  }

  /** Ends the threads and writes what waits. */
  async close(): Promise<void> {
    await this.pool.close()
    this.table.close()
  }

  /** The table, from where it is kept or by range. Undefined where there is none that serves. */
  private async tableOf(
    { digest, sizeBytes }: LayerRequest,
    { place, readRange }: TableAccess,
    signal: AbortSignal | undefined,
  ): Promise<LayerTable | undefined> {
    const key = `${FACTS_VERSION} table ${digest} ${place.checksum}`
    return (
      this.recall<LayerTable>(key) ??
      (await this.tableFlights.run(key, signal, async (shared) => {
        const found = await readTable(place, sizeBytes, readRange(shared)).catch(unlessCancelled)
        return found && this.keep(key, found)
      }))
    )
  }

  private keep<Kind extends LayerListing>(key: string, facts: Kind): Kind {
    this.table.put(key, { bytes: encodeFacts(facts), contentType: undefined, at: this.now() })
    this.remember(key, facts)
    return facts
  }

  private async readAnew(
    key: string,
    request: LayerRequest,
    open: OpenLayer,
    signal: AbortSignal,
  ): Promise<LayerFacts> {
    const bytes = await this.pool.read({
      request,
      source: openedLate(() => open(signal)),
      signal,
      onProgress: (progress) => {
        for (const listener of this.listeners.get(key) ?? []) listener(progress)
      },
    })
    this.table.put(key, { bytes, contentType: undefined, at: this.now() })
    const facts = decodeFacts(bytes)
    if (!facts) throw new AppError('internal', `The facts of ${request.digest} cannot be read back.`)
    this.remember(key, facts)
    return facts
  }

  /** The key says what kind of facts it is. */
  private recall<Kind extends LayerListing>(key: string): Kind | undefined {
    const remembered = this.decoded.get(key)
    if (remembered) return remembered as Kind
    const cached = this.table.get(key)
    const facts = cached && decodeFacts<Kind>(cached.bytes)
    if (cached && !facts) this.table.delete(key)
    if (facts) this.remember(key, facts)
    return facts
  }

  private remember(key: string, facts: LayerListing): void {
    this.decoded.set(key, facts, facts.entries.length)
  }
}

/** A source that fails at ranges may still give the whole. */
function unlessCancelled(error: unknown): undefined {
  if (toAppError(error).code === 'cancelled') throw error
}

function keyOf(request: LayerRequest): string {
  return `${FACTS_VERSION} ${diffAlgorithm(request)} ${request.digest}`
}

function diffAlgorithm({ diffId }: LayerRequest): 'sha256' | 'sha512' {
  return diffId === undefined ? 'sha256' : digestAlgorithm(diffId)
}

function checkDiffId(facts: LayerFacts, { digest, diffId }: LayerRequest): LayerFacts {
  if (diffId === undefined || diffId === facts.diffId) return facts
  const message = `The layer ${digest} unpacks to ${facts.diffId}; the config names ${diffId}.`
  throw new AppError('layer_diff_id_mismatch', message, {
    hint: 'Engines refuse this image. Build it again.',
  })
}

/** Nothing is asked of a source while its layer waits for a thread. */
async function* openedLate(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* open()
}
