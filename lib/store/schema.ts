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
  engine_probes: {
    key: string
    /** JSON. */
    platforms: string
    probed_at: string
  }
  /** One row. */
  instance: {
    one: 1
    id: string
  }
  runs: {
    /** The order in which they were asked for. */
    seq: Generated<number>
    /** Unique; what the world knows it by. */
    id: string
    repository: string
    reference: string
    /** In the reference; null where it names none. */
    tag: string | null
    pinned: string
    digest: string
    kind: 'index' | 'image'
    state: 'queued' | 'running' | 'finished' | 'cancelled'
    verdict: 'passed' | 'failed' | 'inconclusive' | 'skipped' | null
    /** JSON. */
    profile: string
    /** JSON: what was announced, jobs with digests and sizes. */
    plan: string
    remove_images: 0 | 1
    created_at: string
    started_at: string | null
    finished_at: string | null
    /** Somebody wants it to end. */
    cancel_asked_at: string | null
  }
  jobs: {
    run_id: string
    /** Canonical text, unique in its run. */
    platform: string
    position: number
    state: 'queued' | 'running' | 'finished' | 'cancelled'
    verdict: 'passed' | 'failed' | 'inconclusive' | 'skipped' | null
    mode: 'native' | 'emulated' | null
    /** How often it was begun. */
    starts: number
    started_at: string | null
    finished_at: string | null
    /** JSON: the report's job, once it is over. */
    job: string | null
  }
  /** Of runs that wait for results from elsewhere. */
  awaited_results: {
    run_id: string
    /** Signs the results. */
    key: string
    until: string
    /** JSON: canonical texts. */
    platforms: string
  }
  /** Images that engines were given for jobs, and that are to leave again. Outlast the run. */
  owed_images: {
    run_id: string
    platform: string
    engine: string
    image: string
  }
  /** Keys under which a request runs once. */
  run_keys: {
    key: string
    run_id: string
    /** Of the request, hex. */
    request_hash: string
  }
  /** By digest the last run that came to a verdict: what a page of a thousand tags asks for at once. */
  last_runs: {
    repository: string
    digest: string
    run_id: string
    verdict: 'passed' | 'failed' | 'inconclusive' | 'skipped'
    finished_at: string
    /** JSON. */
    jobs: string
  }
  reports: {
    run_id: string
    /** JSON. */
    report: string
  }
  shares: {
    token: string
    run_id: string
    created_at: string
    revoked_at: string | null
  }
}
