import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import os from 'node:os'
import path from 'node:path'

/** Answers one call; what follows the version in its path is the key. */
export type FakeRoute = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** An engine on a socket that lies, stalls and floods as told. Only for what a real one cannot be made to do. */
export interface FakeEngine {
  readonly address: { readonly kind: 'unix'; readonly path: string }
  /** `METHOD /path?query` of every call, version included. */
  readonly calls: readonly string[]
  stop(): Promise<void>
}

/** What `GET /version` says unless told otherwise: Docker 20.10. */
export const FAKE_VERSION = {
  Version: '20.10.24',
  ApiVersion: '1.41',
  MinAPIVersion: '1.12',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '6.1',
}

/** Starts one. `routes` by `METHOD /path`, without version and query; anything else is answered 404. */
export async function startFakeEngine(routes: Readonly<Record<string, FakeRoute>>): Promise<FakeEngine> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'archway-fake-'))
  const calls: string[] = []
  const all: Readonly<Record<string, FakeRoute>> = { 'GET /version': answer(200, FAKE_VERSION), ...routes }
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`)
    const bare = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/v\d+\.\d+/, '')
    const route = all[`${request.method} ${bare}`] ?? answer(404, { message: 'No such image' })
    void route(request, response)
  })
  const socket = path.join(folder, 'engine.sock')
  server.listen(socket)
  await once(server, 'listening')
  return {
    address: { kind: 'unix', path: socket },
    calls,
    async stop() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Answers JSON at once. */
export function answer(status: number, body: unknown): FakeRoute {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}

/** Answers 200 and these pieces, and ends. */
export function stream(...pieces: readonly (string | Uint8Array)[]): FakeRoute {
  return (_, response) => {
    response.writeHead(200)
    for (const piece of pieces) response.write(piece)
    response.end()
  }
}

/** Takes the call and never answers. */
export const silent: FakeRoute = () => {}

/** A frame of the attach stream. */
export function frame(type: number, text: string): Buffer {
  const payload = Buffer.from(text)
  const header = Buffer.alloc(8)
  header[0] = type
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}
