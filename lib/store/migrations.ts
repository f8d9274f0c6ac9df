import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Every change of the schema, in order of name, each run once. A landed migration is never edited; the next one
 * mends it.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-repositories': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('repositories')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('repository', 'text', (column) => column.notNull().unique())
        .addColumn('pinned', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('pinned_at', 'text')
        .addColumn('opened_at', 'text')
        .execute()
    },
  },
}
