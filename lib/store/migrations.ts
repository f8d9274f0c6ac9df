import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { tagOfReference } from './tag-of-reference.ts'

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
  '0002-engine-probes': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('engine_probes')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('platforms', 'text', (column) => column.notNull())
        .addColumn('probed_at', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0003-instance': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('instance')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0004-runs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('runs')
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('repository', 'text', (column) => column.notNull())
        .addColumn('reference', 'text', (column) => column.notNull())
        .addColumn('pinned', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('verdict', 'text')
        .addColumn('profile', 'text', (column) => column.notNull())
        .addColumn('plan', 'text', (column) => column.notNull())
        .addColumn('remove_images', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('started_at', 'text')
        .addColumn('finished_at', 'text')
        .addColumn('cancel_asked_at', 'text')
        .execute()
      await db.schema
        .createTable('jobs')
        .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('verdict', 'text')
        .addColumn('mode', 'text')
        .addColumn('starts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('started_at', 'text')
        .addColumn('finished_at', 'text')
        .addColumn('job', 'text')
        .addPrimaryKeyConstraint('jobs_key', ['run_id', 'platform'])
        .execute()
      await db.schema
        .createTable('reports')
        .addColumn('run_id', 'text', (column) =>
          column.primaryKey().references('runs.id').onDelete('cascade'),
        )
        .addColumn('report', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('shares')
        .addColumn('token', 'text', (column) => column.primaryKey())
        .addColumn('run_id', 'text', (column) =>
          column.notNull().references('reports.run_id').onDelete('cascade'),
        )
        .addColumn('created_at', 'text', (column) => column.notNull())
        .addColumn('revoked_at', 'text')
        .execute()
      // The runs of a digest; those of a repository, newest first; those that are not over.
      await db.schema
        .createIndex('runs_of_digest')
        .on('runs')
        .columns(['repository', 'digest', 'finished_at'])
        .execute()
      await db.schema.createIndex('runs_of_repository').on('runs').columns(['repository', 'seq']).execute()
      await db.schema.createIndex('runs_in_state').on('runs').columns(['state', 'seq']).execute()
      await db.schema.createIndex('shares_of_run').on('shares').column('run_id').execute()
    },
  },
  '0005-last-runs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('last_runs')
        .addColumn('repository', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
        .addColumn('verdict', 'text', (column) => column.notNull())
        .addColumn('finished_at', 'text', (column) => column.notNull())
        .addColumn('jobs', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('last_runs_key', ['repository', 'digest'])
        .execute()
    },
  },
  '0006-awaited-results': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('awaited_results')
        .addColumn('run_id', 'text', (column) =>
          column.primaryKey().references('runs.id').onDelete('cascade'),
        )
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('until', 'text', (column) => column.notNull())
        .addColumn('platforms', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0007-brought-images': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('jobs').addColumn('brought_to', 'text').execute()
    },
  },
  '0008-run-keys': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('run_keys')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
        .addColumn('request_hash', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0009-run-history': {
    async up(db: Kysely<RunsBeforeHistory>) {
      await db.schema.alterTable('runs').addColumn('tag', 'text').execute()
      for (const { id, repository, reference } of await db
        .selectFrom('runs')
        .select(['id', 'repository', 'reference'])
        .execute()) {
        const tag = tagOfReference(repository, reference)
        if (tag !== undefined) await db.updateTable('runs').set({ tag }).where('id', '=', id).execute()
      }
      // What finished runs say of a repository, a tag, a digest, newest first.
      await db.schema.dropIndex('runs_of_digest').execute()
      for (const column of ['digest', 'tag'])
        await db.schema
          .createIndex(`runs_of_${column}`)
          .on('runs')
          .columns(['repository', column, 'state', 'seq'])
          .execute()
      await db.schema
        .createIndex('runs_of_repository_in_state')
        .on('runs')
        .columns(['repository', 'state', 'seq'])
        .execute()
    },
  },
  '0010-owed-images': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('owed_images')
        .addColumn('engine', 'text', (column) => column.notNull())
        .addColumn('image', 'text', (column) => column.notNull())
        .addColumn('run_id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('owed_images_key', ['engine', 'image', 'run_id', 'platform'])
        .execute()
      await db.schema.createIndex('owed_images_of_run').on('owed_images').column('run_id').execute()
      await db.schema.alterTable('jobs').dropColumn('brought_to').execute()
    },
  },
}

/** What the step after it needs to know of runs as they were. */
interface RunsBeforeHistory {
  runs: { id: string; repository: string; reference: string; tag: string | null }
}
