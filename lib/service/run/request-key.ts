import { hash } from 'node:crypto'
import type { RunRequestDto } from '#lib/api/runs.ts'
import { AppError } from '#lib/errors/app-error.ts'

/** A key under which a request runs once, and what the request was. */
export interface RequestKey {
  readonly key: string
  /** Of the request without its key, whatever the order of its fields: hex. */
  readonly requestHash: string
}

/** The key of a request; undefined where it has none. */
export function requestKey({ key, ...request }: RunRequestDto): RequestKey | undefined {
  return key === undefined ? undefined : { key, requestHash: hash('sha256', canonical(request), 'hex') }
}

/** Refuses a key that stands for another request. Throws `run_key_conflict`. */
export function assertSameRequest(asked: RequestKey, known: { readonly requestHash: string }): void {
  if (asked.requestHash === known.requestHash) return
  throw new AppError('run_key_conflict', `The key “${asked.key}” was used for another run.`, {
    hint: 'A key stands for one request for ever: take a new one, or send the same request again.',
  })
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}
