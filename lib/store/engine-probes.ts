import type { Kysely } from 'kysely'
import { z } from 'zod'
import { machine } from '#lib/report/machine.ts'
import type { Schema } from './schema.ts'

const platforms = z.array(
  z.discriminatedUnion('mode', [
    z.object({
      platform: z.string(),
      mode: z.enum(['native', 'emulated']),
      machine: machine.optional(),
    }),
    z.object({ platform: z.string(), mode: z.literal('cannot'), reason: z.string() }),
  ]),
)

/** What a probe found out of an engine, and when. */
export interface StoredProbe {
  readonly platforms: readonly z.infer<typeof platforms>[number][]
  readonly probedAt: Date
}

/** What engines were found able to run. Keys tell one engine, and one state of its machine, from another. */
export class EngineProbes {
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** Undefined when the key was never probed, or when what is stored makes no sense: it can be found out again. */
  async get(key: string): Promise<StoredProbe | undefined> {
    const row = await this.db
      .selectFrom('engine_probes')
      .select(['platforms', 'probed_at'])
      .where('key', '=', key)
      .executeTakeFirst()
    if (row === undefined) return undefined
    const parsed = platforms.safeParse(parseJson(row.platforms))
    return parsed.success ? { platforms: parsed.data, probedAt: new Date(row.probed_at) } : undefined
  }

  /** Keeps what was found, in place of what was known of the key. */
  async put(key: string, found: StoredProbe['platforms'], probedAt: Date): Promise<void> {
    const values = { platforms: JSON.stringify(found), probed_at: probedAt.toISOString() }
    await this.db
      .insertInto('engine_probes')
      .values({ key, ...values })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
      .execute()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
