import type { AppError } from '#lib/errors/app-error.ts'
import type { Digest } from '#lib/oci/digest.ts'
import type { ManifestFacts } from './manifest-facts.ts'

/** One tag as far as it is known. */
export interface TagRow {
  readonly name: string
  readonly state: 'resolved' | 'pending' | 'failed'
  readonly digest?: Digest
  readonly facts?: ManifestFacts
  /** When the registry last said that the tag is `digest`. */
  readonly checkedAt?: Date
  readonly error?: AppError
  readonly failedAtMs?: number
}

/** A tag of which only the name is known. */
export function pendingRow(name: string): TagRow {
  return { name, state: 'pending' }
}

/** Whether nothing is known of the tag yet. */
export function isPending(row: TagRow): boolean {
  return row.state === 'pending'
}
