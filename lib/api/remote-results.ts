import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { report } from '#lib/report/model.ts'
import { runProfile } from '#lib/report/run-profile.ts'

/** The header by which a runner elsewhere shows that it holds the key of the run it sends a result to. */
export const SIGNATURE_HEADER = 'archway-signature'

/** What a result may take: a megabyte of output, written as JSON, and room. */
export const RESULT_MAX_BYTES = 8 << 20

/** Where the key stands in the address of a run's page; browsers do not send what follows `#`. */
const KEY_FRAGMENT = /^#submit=([\w-]{43})$/
const RUN_PATH = /^(.*)\/runs\/([0-9a-z]{16})\/?$/

/** Answer of `GET /api/v1/runs/ID/results`: what the run waits for. */
export const awaitedResults = z.object({
  id: z.string(),
  reference: z.string().describe('as asked, canonical'),
  digest: z.string().describe('what every result has to be of'),
  profile: runProfile,
  until: z.iso.datetime(),
  jobs: z.array(z.object({ platform: z.string(), digest: z.string() })).describe('that are still waited for'),
})
export type AwaitedResults = z.infer<typeof awaitedResults>

/** Body of `POST /api/v1/runs/ID/results`: what came of one platform elsewhere. */
export const remoteResult = z.strictObject({
  digest: z.string().max(200).describe('that the runner pinned; must be the run’s'),
  by: z.string().min(1).max(200).describe('who ran it: ci@power-10'),
  archway: z.string().max(100).describe('version of the Archway that ran it'),
  job: report.shape.jobs.element,
})
export type RemoteResult = z.infer<typeof remoteResult>

/** Answer of `POST /api/v1/runs/ID/results`, status 201. */
export const resultTaken = z.object({
  platform: z.string(),
  verdict: report.shape.verdict,
  url: z.string().describe('the page of the run: /runs/ID'),
})
export type ResultTaken = z.infer<typeof resultTaken>

/** A call that is signed. */
export interface SignedCall {
  readonly method: 'GET' | 'POST'
  readonly runId: string
  /** As it is sent; empty for a GET. */
  readonly body: string
}

/** The signature of a call: HMAC-SHA256 by the run's key, which itself is never sent. */
export function signCall(key: string, { method, runId, body }: SignedCall): string {
  const text = `archway-result-1\n${method}\n${runId}\n${body}`
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(text, 'utf8').digest('base64url')
}

/** Whether a call was signed by this key, told in the same time whatever was sent. */
export function isSignedBy(key: string, call: SignedCall, signature: string | null): boolean {
  const expected = Buffer.from(signCall(key, call))
  const stated = Buffer.from(signature ?? '')
  return stated.length === expected.length && timingSafeEqual(stated, expected)
}

/** The path by which results of a run are submitted: its page, the key behind `#`. */
export function submitPath(runId: string, key: string): string {
  return `/runs/${runId}#submit=${key}`
}

/** Where a result goes. */
export interface SubmitAddress {
  /** `https://archway.example`, with what a proxy puts in front of every path. */
  readonly server: string
  readonly runId: string
  readonly key: string
}

/** The parts of a submit URL; undefined when it is none. */
export function parseSubmitUrl(text: string): SubmitAddress | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, origin, pathname, hash } = new URL(text)
  const [, base, runId] = RUN_PATH.exec(pathname) ?? []
  const key = KEY_FRAGMENT.exec(hash)?.[1]
  if (!/^https?:$/.test(protocol) || runId === undefined || key === undefined) return undefined
  return { server: `${origin}${base}`, runId, key }
}
