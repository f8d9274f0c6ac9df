import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { encodeFacts } from '#lib/image/layer/facts-codec.ts'
import { readFileOf } from '#lib/image/layer/read-file-of.ts'
import { type LayerProgress, readLayer } from '#lib/image/layer/read-layer.ts'
import { PART_BYTES, type Part } from './large-parts.ts'
import { readRpmSqlite } from './rpm-sqlite.ts'
import type { FromThread, ToThread } from './thread-messages.ts'

// The thread that reads layers: bytes in, encoded facts out. It knows neither registries nor credentials.

const port = parentPort
if (!port) throw new Error('this file runs in a worker thread')

/** Progress is told this often at most. */
const PROGRESS_EVERY_MS = 100

/** The bytes of the layer at hand, as the main thread sends them. */
class Inbox implements AsyncIterable<Uint8Array> {
  private readonly waiting: Part[] = []
  private state: 'open' | 'ended' | 'aborted' = 'open'
  private wake = () => {}

  take(message: Exclude<ToThread, { kind: 'start' }>): void {
    if (message.kind === 'bytes') this.waiting.push(message.bytes)
    else this.state = message.kind === 'end' ? 'ended' : 'aborted'
    this.wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (true) {
      if (this.state === 'aborted') throw new AppError('cancelled', 'The reading was cancelled.')
      const bytes = this.waiting.shift()
      if (bytes) {
        const sizeBytes = bytes.byteLength
        yield bytes
        // Asked for the next one, the reader is done with this one.
        if (sizeBytes < PART_BYTES) send({ kind: 'taken', bytes: sizeBytes })
        else send({ kind: 'taken', bytes: sizeBytes, spare: bytes }, [bytes.buffer])
      } else if (this.state === 'ended') {
        return
      } else {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    }
  }
}

let inbox: Inbox | undefined

port.on('message', (message: ToThread) => {
  if (message.kind !== 'start') {
    inbox?.take(message)
    return
  }
  inbox = new Inbox()
  void read(inbox, message)
})

async function read(source: Inbox, { request, file }: Extract<ToThread, { kind: 'start' }>): Promise<void> {
  let toldMs = 0
  const onProgress = (progress: LayerProgress) => {
    const nowMs = performance.now()
    if (nowMs - toldMs < PROGRESS_EVERY_MS) return
    toldMs = nowMs
    send({ kind: 'progress', ...progress })
  }
  try {
    const found = file
      ? await readFileOf(source, file)
      : encodeFacts(await readLayer(source, request, { onProgress, readSqlite: readRpmSqlite }))
    // A copy of the right size: what zlib answers may be part of a larger buffer, which cannot be moved.
    const bytes = new Uint8Array(found)
    send({ kind: 'done', bytes, heapBytes: getHeapStatistics().total_heap_size }, [bytes.buffer])
  } catch (error) {
    const { code, message, hint, operatorDetail } = toAppError(error)
    send({
      kind: 'failed',
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(operatorDetail === undefined ? {} : { operatorDetail }),
    })
  }
}

function send(message: FromThread, moved: ArrayBuffer[] = []): void {
  port?.postMessage(message, moved)
}
