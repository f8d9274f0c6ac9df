import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from './migrations.ts'
import { judgementQuery, linesQuery } from './run-history.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite-database.ts'
import { openStore, type Store } from './store.ts'

const RUNS = 10_000
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']
const repository = 'registry.test/lab/app'
const other = 'registry.test/lab/other'

let dir: string
let store: Store
let db: Kysely<Schema>

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'archway-history-'))
  await (await openStore(dir)).close()
  fill(path.join(dir, 'archway.db'))
  store = await openStore(dir)
  db = openSqlite(dir)
})
afterAll(async () => {
  await store?.close()
  await db?.destroy()
  rmSync(dir, { recursive: true })
})

/** Ten thousand finished runs: every tenth of another repository, a tag every twentieth, s390x in the first ten alone. */
function fill(file: string): void {
  const raw = new DatabaseSync(file)
  const run = raw.prepare(
    `INSERT INTO runs (id, repository, reference, tag, pinned, digest, kind, state, verdict, profile, plan, remove_images, created_at, finished_at)
     VALUES (?, ?, ?, ?, '', ?, 'index', 'finished', 'passed', '{}', ?, 0, ?, ?)`,
  )
  const job = raw.prepare(
    `INSERT INTO jobs (run_id, platform, position, state, verdict, mode) VALUES (?, ?, ?, 'finished', 'passed', ?)`,
  )
  const report = raw.prepare('INSERT INTO reports (run_id, report) VALUES (?, ?)')
  raw.exec('BEGIN')
  for (let at = 0; at < RUNS; at++) {
    const id = `r${at}`
    const name = at % 10 === 9 ? other : repository
    const tag = `1.${Math.floor(at / 20)}`
    const platforms = at < 10 ? PLATFORMS : PLATFORMS.slice(0, 3)
    const jobs = platforms.map((platform) => ({ platform, digest: `sha256:${at}` }))
    const time = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString()
    const digest = `sha256:d${at % 500}`
    run.run(
      id,
      name,
      `${name}:${tag}`,
      tag,
      digest,
      JSON.stringify({ jobs, leftOut: [], findings: [] }),
      time,
      time,
    )
    for (const [position, platform] of platforms.entries())
      job.run(id, platform, position, position === 0 ? 'native' : 'emulated')
    report.run(id, JSON.stringify({ findings: at % 2 ? [{ severity: 'error', code: 'META-002' }] : [] }))
  }
  raw.exec('COMMIT')
  raw.close()
}

/** What SQLite would do, step by step. */
async function planOf<T extends keyof Schema, O>(query: SelectQueryBuilder<Schema, T, O>): Promise<string[]> {
  const steps = await query.explain<{ detail: string }>(undefined, sql`query plan`)
  return steps.map(({ detail }) => detail)
}

describe('with ten thousand runs', () => {
  it.each([
    ['a repository', {}, 'runs_of_repository_in_state (repository=? AND state=?)'],
    ['the page after', { before: 500 }, 'runs_of_repository_in_state (repository=? AND state=? AND seq<?)'],
    ['a tag', { tag: '1.3' }, 'runs_of_tag (repository=? AND tag=? AND state=?)'],
  ])('%s is read in order by an index, nothing is sorted', async (_, filter, index) => {
    expect(await planOf(linesQuery(db, { repository, ...filter }, 50))).toEqual([
      `SEARCH runs USING INDEX ${index}`,
    ])
  })

  it('so is what the newest report says of a platform', async () => {
    const plan = await planOf(judgementQuery(db, repository, 'sha256:d1', 'linux/ppc64le'))
    expect(plan[0]).toBe('SEARCH runs USING INDEX runs_of_digest (repository=? AND digest=? AND state=?)')
    expect(plan.join()).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('a page, a streak’s window, and a platform that was last run long ago cost next to nothing', async () => {
    const begun = performance.now()
    const lines = await store.history.lines({ repository }, 250)
    const found = await store.history.hasJudged(repository, '1.0', 'linux/s390x')
    const none = await store.history.judgement(repository, 'sha256:d1', 'linux/s390x')
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(lines).toHaveLength(250)
    expect(found).toBe(true)
    expect(none?.id).toBe('r1')
  })
})

it('lines are newest first, with platforms, digests and modes, of one repository', async () => {
  const [first, second] = await store.history.lines({ repository }, 2)
  expect([first?.id, second?.id]).toEqual(['r9998', 'r9997'])
  expect(first).toMatchObject({ tag: '1.499', verdict: 'passed', kind: 'index', leftOut: [] })
  expect(first?.jobs[2]).toEqual({
    platform: 'linux/ppc64le',
    digest: 'sha256:9998',
    verdict: 'passed',
    mode: 'emulated',
  })
  const after = await store.history.lines({ repository, tag: '1.499', before: first?.seq }, 100)
  expect(after).toHaveLength(17)
})

it('tags come by their newest run; a repository that was never run has none', async () => {
  expect(await store.history.tags(repository, 3)).toEqual(['1.499', '1.498', '1.497'])
  expect(await store.history.tags('registry.test/lab/never', 3)).toEqual([])
})

it('what a digest’s newest report says is told with errors of the whole image', async () => {
  expect(await store.history.judgement(repository, 'sha256:d496', 'linux/amd64')).toMatchObject({
    id: 'r9996',
    verdict: 'passed',
    mode: 'native',
    hasWholeError: false,
  })
  expect(await store.history.judgement(repository, 'sha256:d497', 'linux/amd64')).toMatchObject({
    hasWholeError: true,
  })
  expect(await store.history.judgement(repository, 'sha256:none', 'linux/amd64')).toBeUndefined()
})

it('runs of an older Archway get their tags', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-older-'))
  const older = openSqlite(folder)
  const migrator = new Migrator({ db: older, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
  await migrator.migrateTo('0008-run-keys')
  await older.destroy()
  const raw = new DatabaseSync(path.join(folder, 'archway.db'))
  const references = [':1.2', ':1.3@sha256:aa', '@sha256:aa']
  for (const [at, rest] of references.entries())
    raw.exec(
      `INSERT INTO runs (id, repository, reference, pinned, digest, kind, state, profile, plan, remove_images, created_at)
       VALUES ('o${at}', 'localhost:5000/a', 'localhost:5000/a${rest}', '', '', 'index', 'finished', '{}', '{"jobs":[],"leftOut":[],"findings":[]}', 0, '')`,
    )
  raw.close()
  const now = await openStore(folder)
  const lines = await now.history.lines({ repository: 'localhost:5000/a' }, 5)
  expect(lines.map(({ tag }) => tag)).toEqual([undefined, '1.3', '1.2'])
  await now.close()
  rmSync(folder, { recursive: true })
})
