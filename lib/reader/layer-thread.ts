import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import { AppError } from '#lib/errors/app-error.ts'
import type { FileIdentity } from '#lib/image/layer/read-file-of.ts'
import type { LayerProgress, LayerRequest } from '#lib/image/layer/read-layer.ts'
import { inLargeParts, type Part } from './large-parts.ts'
import type { FromThread, ToThread } from './thread-messages.ts'

/** Bytes on their way to the thread before the source has to wait. */
const IN_FLIGHT_BYTES = 4 << 20
/** Node runs it as it is, without its types. */
const THREAD_FILE = 'lib/reader/layer-thread-main.ts'
/** Of the thread's heap; the facts of the largest layer within the limits take about half. */
const HEAP_LIMIT_MB = 512
/** A thread that has grown beyond this is ended: its heap would stay while the facts are unpacked here. */
const HEAP_KEPT_BYTES = 64 << 20

/** One layer for a thread to read. */
export interface ThreadJob {
  readonly request: LayerRequest
  /** Nothing but the bytes of this one. */
  readonly file?: FileIdentity
  readonly source: AsyncIterable<Uint8Array>
  readonly signal: AbortSignal
  onProgress(progress: LayerProgress): void
}

/**
 * A worker thread that reads layers, one at a time. It is started from its source file below the project's folder:
 * bundlers would take a URL apart.
 */
export class LayerThread {
  private readonly worker: Worker
  private job: { take(message: FromThread): void; fail(error: AppError): void } | undefined
  private readonly spares: Part[] = []
  private hasEnded = false

  /** `compiledDir` keeps what the thread is compiled to: without it each takes 35 MB more, and a quarter of a second. */
  constructor(projectRoot: string, compiledDir: string | undefined) {
    // Asked for at run time: a bundler that sees `new Worker` makes a bundle of the thread, which then does not start.
    const threads = process.getBuiltinModule('node:worker_threads')
    this.worker = new threads.Worker(path.join(projectRoot, THREAD_FILE), {
      // The thread needs nothing of this process's environment, and none of its flags.
      env: compiledDir === undefined ? {} : { NODE_COMPILE_CACHE: compiledDir },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
    })
    this.worker.unref()
    this.worker.on('message', (message: FromThread) => this.job?.take(message))
    this.worker.on('error', (error) => this.ended(failureOf(error)))
    this.worker.on('exit', () => this.ended(new AppError('internal', 'A reading thread has ended.')))
  }

  /** Whether it can be given another layer. */
  get isUsable(): boolean {
    return !this.hasEnded
  }

  /** Encoded facts of the layer, or the file's bytes. Throws as `readLayer` does, and `cancelled` when the signal aborts. */
  async read({ request, file, source, signal, onProgress }: ThreadJob): Promise<Uint8Array> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const flow = new Flow()
    const { spares } = this
    const finish = async ({ bytes, heapBytes }: Extract<FromThread, { kind: 'done' }>) => {
      if (heapBytes > HEAP_KEPT_BYTES) await this.close()
      return bytes
    }
    let isDone = false
    this.job = {
      take(message) {
        switch (message.kind) {
          case 'taken':
            if (message.spare) spares.push(message.spare)
            flow.taken(message.bytes)
            break
          case 'progress':
            onProgress({ readBytes: message.readBytes, entries: message.entries })
            break
          case 'done':
            resolve(finish(message))
            break
          case 'failed':
            reject(new AppError(message.code, message.message, message))
        }
      },
      fail: reject,
    }
    const settled = promise.then(
      () => undefined,
      () => undefined,
    )
    void settled.then(() => {
      isDone = true
      flow.open()
    })
    const abort = () => {
      if (!isDone) this.send({ kind: 'abort' })
    }
    signal.addEventListener('abort', abort, { once: true })
    this.worker.ref()
    try {
      this.send({ kind: 'start', request, ...(file ? { file } : {}) })
      await this.feed(source, flow, () => isDone || signal.aborted)
      signal.throwIfAborted()
      if (!isDone) this.send({ kind: 'end' })
      return await promise
    } catch (error) {
      abort()
      await settled
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
      this.job = undefined
      this.worker.unref()
    }
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    this.hasEnded = true
    await this.worker.terminate()
  }

  private async feed(source: AsyncIterable<Uint8Array>, flow: Flow, isOver: () => boolean): Promise<void> {
    for await (const bytes of inLargeParts(source, this.spares, isOver)) {
      if (isOver()) return
      // Moved, they have no length any more.
      const sizeBytes = bytes.byteLength
      this.send({ kind: 'bytes', bytes }, [bytes.buffer])
      await flow.sent(sizeBytes)
      if (isOver()) return
    }
  }

  private send(message: ToThread, moved: ArrayBuffer[] = []): void {
    this.worker.postMessage(message, moved)
  }

  private ended(error: AppError): void {
    this.hasEnded = true
    this.job?.fail(error)
  }
}

/** Holds the sender up while too much is under way. */
class Flow {
  private inFlightBytes = 0
  private wake = () => {}

  async sent(bytes: number): Promise<void> {
    this.inFlightBytes += bytes
    while (this.inFlightBytes > IN_FLIGHT_BYTES) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  taken(bytes: number): void {
    this.inFlightBytes -= bytes
    this.wake()
  }

  /** Nothing is held up any more. */
  open(): void {
    this.inFlightBytes = Number.NEGATIVE_INFINITY
    this.wake()
  }
}

function failureOf(error: unknown): AppError {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AppError('layer_too_large', 'Reading the layer takes more memory than one layer may.', {
      cause: error,
    })
  }
  return new AppError('internal', 'A reading thread broke.', {
    operatorDetail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    cause: error,
  })
}
