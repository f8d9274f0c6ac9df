import { AppError } from '#lib/errors/app-error.ts'

/** How much of one layer is read. Each limit hit is an error of its own, and fails that layer alone. */
export interface LayerLimits {
  /** Bytes of the archive once decompressed: `layer_too_large`. */
  readonly streamBytes: number
  /** Decompressed bytes for each compressed one, once `ratioFromBytes` were decompressed: `layer_too_dense`. */
  readonly ratio: number
  readonly ratioFromBytes: number
  /** `layer_entries_too_many` */
  readonly entries: number
  /** Of one file, holes included where there are any: `layer_entry_too_large`. */
  readonly entryBytes: number
  /** Bytes of one path or link target: `layer_path_too_long`. */
  readonly pathBytes: number
  /** PAX records and GNU long names before one entry: `layer_invalid`. */
  readonly extensionBytes: number
  /** A sparse file larger than this is listed and not hashed: its holes would cost time and no bytes. */
  readonly sparseBytes: number
}

/** The limits in force where a test asks for no others. */
export const LAYER_LIMITS: LayerLimits = {
  streamBytes: 64 * 2 ** 30,
  // Deflate cannot do better than 1,032; files of zeros are real, archives of nothing else are not.
  ratio: 200,
  ratioFromBytes: 2 ** 30,
  entries: 500_000,
  entryBytes: 32 * 2 ** 30,
  pathBytes: 4096,
  extensionBytes: 2 ** 20,
  sparseBytes: 2 ** 30,
}

/** A layer that is broken in itself, said as a sentence about “the layer”. */
export function brokenLayer(reason: string, cause?: unknown): AppError {
  return new AppError(
    'layer_invalid',
    `The layer is broken: ${reason}.`,
    cause === undefined ? {} : { cause },
  )
}

/** A layer whose bytes end before it does. */
export function truncatedLayer(where: string, cause?: unknown): AppError {
  return new AppError('layer_truncated', `The layer ends too early: ${where}.`, {
    hint: 'It was cut off when it was made or copied. Push the image again.',
    ...(cause === undefined ? {} : { cause }),
  })
}
