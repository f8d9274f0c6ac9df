import PQueue from 'p-queue'
import { LayerThread, type ThreadJob } from './layer-thread.ts'

/** What a pool is made of. */
export interface ThreadPoolOptions {
  /** Archway's own folder, which holds `lib/`. */
  readonly projectRoot: string
  /** Where nobody else can put code; undefined has each thread compile anew. */
  readonly compiledDir: string | undefined
  /** Threads at once; each has zlib's beside it. */
  readonly threads: number
}

/** An idle thread is ended after this long; starting one costs 50 ms. */
const IDLE_MS = 10_000

/** Threads that read layers, started when needed and ended when idle. */
export class ThreadPool {
  private readonly options: ThreadPoolOptions
  private readonly queue: PQueue
  private readonly idle: { readonly thread: LayerThread; readonly timer: NodeJS.Timeout }[] = []
  private readonly all = new Set<LayerThread>()

  constructor(options: ThreadPoolOptions) {
    this.options = options
    this.queue = new PQueue({ concurrency: options.threads })
  }

  /** Encoded facts of a layer, or one file of it, when a thread is free. The source is not opened before. Throws as the thread does. */
  read(job: ThreadJob): Promise<Uint8Array> {
    return this.queue.add(() => this.readNow(job), { signal: job.signal })
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    this.queue.clear()
    for (const { timer } of this.idle) clearTimeout(timer)
    await Promise.all([...this.all].map((thread) => thread.close()))
  }

  private async readNow(job: ThreadJob): Promise<Uint8Array> {
    const thread = this.take()
    try {
      return await thread.read(job)
    } finally {
      this.giveBack(thread)
    }
  }

  private take(): LayerThread {
    const waiting = this.idle.pop()
    if (waiting) {
      clearTimeout(waiting.timer)
      if (waiting.thread.isUsable) return waiting.thread
      this.all.delete(waiting.thread)
    }
    const thread = new LayerThread(this.options.projectRoot, this.options.compiledDir)
    this.all.add(thread)
    return thread
  }

  private giveBack(thread: LayerThread): void {
    if (!thread.isUsable) {
      this.all.delete(thread)
      return
    }
    const timer = setTimeout(() => {
      this.idle.splice(
        this.idle.findIndex((each) => each.thread === thread),
        1,
      )
      this.all.delete(thread)
      void thread.close()
    }, IDLE_MS)
    timer.unref()
    this.idle.push({ thread, timer })
  }
}
