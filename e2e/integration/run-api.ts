import http, { type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { applyRunEvent } from '#lib/api/apply-run-event.ts'
import { reportDto } from '#lib/api/reports.ts'
import { type RunDto, runAccepted, runDto, runEventDto } from '#lib/api/runs.ts'

/** What a test asks for; the rest has its defaults. */
export interface RunBody {
  readonly ref: string
  readonly platforms?: readonly string[]
  readonly profile?: object
  readonly removeImages?: boolean
  readonly waitFor?: readonly string[]
  readonly waitMs?: number
}

/** A run as a reader of events came to know it. */
export interface FollowedRun {
  readonly run: RunDto
  /** Ids of the events, in the order they came. */
  readonly ids: readonly string[]
  /** How many of each kind came. */
  readonly counts: Readonly<Record<string, number>>
  /** What each platform wrote, by the events alone: a snapshot replaces it. */
  readonly written: Readonly<Record<string, string>>
}

/** How a reader reads. */
export interface FollowOptions {
  /** Where it left off, and what it knew then. */
  readonly from?: FollowedRun
  /** Leaves after an event for which this holds. */
  readonly until?: (known: FollowedRun) => boolean
}

/** A run's calls at one server, every answer held against the contract. */
export interface RunApi {
  start(body: RunBody): Promise<string>
  get(id: string): Promise<RunDto>
  report(id: string): Promise<z.infer<typeof reportDto>>
  cancel(id: string): Promise<RunDto>
  /** Reads events until the run is over, or as the options say. */
  follow(id: string, options?: FollowOptions): Promise<FollowedRun>
  /** Asks until it holds. */
  until(id: string, holds: (run: RunDto) => boolean): Promise<RunDto>
  untilOver(id: string): Promise<RunDto>
}

const PATIENCE_MS = 150_000
const POLL_MS = 25

/** Calls of the server at this address. */
export function runApi(url: string): RunApi {
  const runs = `${url}/api/v1/runs`
  async function ask<T extends z.ZodType>(
    schema: T,
    path: string,
    init: RequestInit = {},
  ): Promise<z.output<T>> {
    const response = await fetch(path, init)
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${JSON.stringify(body)}`)
    return schema.parse(body)
  }
  const api: RunApi = {
    start: async (body) => (await ask(runAccepted, runs, { method: 'POST', body: JSON.stringify(body) })).id,
    get: (id) => ask(runDto, `${runs}/${id}`),
    report: (id) => ask(reportDto, `${url}/api/v1/reports/${id}`),
    cancel: (id) => ask(runDto, `${runs}/${id}/cancel`, { method: 'POST' }),
    follow: (id, options) => follow(`${runs}/${id}/events`, options),
    async until(id, holds) {
      const deadline = Date.now() + PATIENCE_MS
      while (true) {
        const run = await api.get(id)
        if (holds(run)) return run
        if (Date.now() > deadline) throw new Error(`Not yet: ${JSON.stringify(run)}`)
        await sleep(POLL_MS)
      }
    },
    untilOver: (id) => api.until(id, (run) => run.state === 'finished' || run.state === 'cancelled'),
  }
  return api
}

async function follow(url: string, { from, until }: FollowOptions = {}): Promise<FollowedRun> {
  const lastId = from?.ids.at(-1)
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = http.get(url, { headers }, resolve).on('error', reject)
  const response = await promise
  let known = from
  try {
    for await (const { id, name, data } of messages(response)) {
      if (name === 'problem') throw new Error(data)
      const event = runEventDto.parse({ event: name, data: JSON.parse(data) })
      known = take(known, event, id)
      if (until?.(known)) break
    }
  } finally {
    request.destroy()
  }
  if (known === undefined) throw new Error(`${url} said nothing`)
  return known
}

function take(known: FollowedRun | undefined, event: z.infer<typeof runEventDto>, id: string): FollowedRun {
  const before = known?.run ?? (event.event === 'snapshot' ? event.data : undefined)
  if (before === undefined) throw new Error(`the first event is ${event.event}`)
  const written = { ...known?.written }
  if (event.event === 'snapshot') {
    for (const { platform, tail = [], execution } of event.data.jobs)
      written[platform] = execution?.output ?? tail.map(({ text }) => text).join('')
  }
  if (event.event === 'output') {
    const { platform, parts } = event.data
    written[platform] = (written[platform] ?? '') + parts.map(({ text }) => text).join('')
  }
  return {
    run: applyRunEvent(before, event),
    ids: [...(known?.ids ?? []), id],
    counts: { ...known?.counts, [event.event]: (known?.counts[event.event] ?? 0) + 1 },
    written,
  }
}

async function* messages(body: AsyncIterable<Uint8Array>) {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [/^\w*/.exec(line)?.[0], line.replace(/^\w*: ?/, '')]),
      )
      const name = fields.get('event')
      if (name !== undefined) yield { id: fields.get('id') ?? '', name, data: fields.get('data') ?? '' }
    }
  }
}
