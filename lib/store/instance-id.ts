import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** The name of the Archway that a data folder belongs to, made once: its containers carry it. */
export async function readInstanceId(db: Kysely<Schema>): Promise<string> {
  await db
    .insertInto('instance')
    .values({ one: 1, id: randomUUID() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await db.selectFrom('instance').select('id').executeTakeFirstOrThrow()).id
}
