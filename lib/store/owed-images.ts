import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** An image that an engine was given for one job, and that is to leave it again. */
export interface OwedImage {
  readonly runId: string
  readonly platform: string
  /** By its name in the pool. */
  readonly engine: string
  /** As the engine knows it. */
  readonly image: string
}

/** Images that have to leave engines. What is kept here outlasts kills of Archway and of engines, and the run itself. */
export class OwedImages {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Notes it before the engine is given the image: after a kill nobody else would know whose it is. */
  async note({ runId, platform, engine, image }: OwedImage): Promise<void> {
    await this.db
      .insertInto('owed_images')
      .values({ run_id: runId, platform, engine, image })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** Whether some job, whose ever, brought this image there to leave again. */
  async isOwed(engine: string, image: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('owed_images')
      .select('run_id')
      .where('engine', '=', engine)
      .where('image', '=', image)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** It has left. */
  async settle(engine: string, image: string): Promise<void> {
    await this.db.deleteFrom('owed_images').where('engine', '=', engine).where('image', '=', image).execute()
  }

  /** Whether a run owes any. */
  async isDebtor(runId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('owed_images')
      .select('image')
      .where('run_id', '=', runId)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Those of an engine that no open job will remove itself. */
  async dueOn(engine: string): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('owed_images')
      .leftJoin('jobs', (join) =>
        join
          .onRef('jobs.run_id', '=', 'owed_images.run_id')
          .onRef('jobs.platform', '=', 'owed_images.platform'),
      )
      .where('engine', '=', engine)
      .select(['image', 'jobs.run_id as run', 'jobs.job'])
      .execute()
    const open = new Set(
      rows.filter(({ run, job }) => run !== null && job === null).map(({ image }) => image),
    )
    return [...new Set(rows.map(({ image }) => image))].filter((image) => !open.has(image))
  }
}
