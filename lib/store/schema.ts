import type { Generated } from 'kysely'

/** The tables as Kysely sees them. Times are ISO 8601 UTC text. Rows never leave this folder. */
export interface Schema {
  repositories: {
    id: Generated<number>
    /** Canonical text, unique. */
    repository: string
    pinned: 0 | 1
    pinned_at: string | null
    opened_at: string | null
  }
}
