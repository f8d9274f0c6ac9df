import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { FileIdentity } from '#lib/image/layer/read-file-of.ts'
import type { LayerProgress, LayerRequest } from '#lib/image/layer/read-layer.ts'
import type { Part } from './large-parts.ts'

/** What a reading thread is told: one layer at a time, its bytes as they come. */
export type ToThread =
  /** With `file`, that file alone is wanted. */
  | { readonly kind: 'start'; readonly request: LayerRequest; readonly file?: FileIdentity }
  /** Moved, not copied. */
  | { readonly kind: 'bytes'; readonly bytes: Part }
  | { readonly kind: 'end' }
  /** Nobody waits for the layer any more, or its source failed. */
  | { readonly kind: 'abort' }

/** What a reading thread answers. After `done` or `failed` it is free. */
export type FromThread =
  /** It is done with a part: more may come. A part of full size is moved back. */
  | { readonly kind: 'taken'; readonly bytes: number; readonly spare?: Part }
  | ({ readonly kind: 'progress' } & LayerProgress)
  /** Encoded facts, or the bytes of the file that was wanted; moved. `heapBytes`: what the thread has grown to. */
  | { readonly kind: 'done'; readonly bytes: Uint8Array; readonly heapBytes: number }
  | {
      readonly kind: 'failed'
      readonly code: ErrorCode
      readonly message: string
      readonly hint?: string
      readonly operatorDetail?: string
    }
