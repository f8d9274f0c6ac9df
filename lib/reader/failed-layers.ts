import { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import { WeighedMap } from './weighed-map.ts'

/** A registry may be put right: it is read again after this long, or as soon as a person asks for it. */
const KEPT_MS = 5 * 60_000
const KEPT_MAX = 500

/** What is wrong with the bytes themselves. A network that fails says nothing of them. */
const OF_THE_BYTES: ReadonlySet<ErrorCode> = new Set([
  'digest_mismatch',
  'layer_truncated',
  'layer_invalid',
  'layer_unsupported',
  'layer_too_large',
  'layer_too_dense',
  'layer_entries_too_many',
  'layer_entry_too_large',
  'layer_path_too_long',
])

/** Layers that could not be read, for a while, so that not every call reads all of them again only to fail. */
export class FailedLayers {
  private readonly now: () => Date
  private readonly kept = new WeighedMap<{ readonly error: AppError; readonly atMs: number }>(KEPT_MAX)

  constructor(now: () => Date) {
    this.now = now
  }

  /** Why it failed, not long ago. */
  get(key: string): AppError | undefined {
    const known = this.kept.get(key)
    if (known === undefined) return undefined
    const ageMs = this.now().getTime() - known.atMs
    if (ageMs >= 0 && ageMs < KEPT_MS) return known.error
    this.kept.delete(key)
    return undefined
  }

  /** Keeps a failure that is the layer's own; others are passed over. */
  note(key: string, error: unknown): void {
    if (error instanceof AppError && OF_THE_BYTES.has(error.code))
      this.kept.set(key, { error, atMs: this.now().getTime() }, 1)
  }
}
