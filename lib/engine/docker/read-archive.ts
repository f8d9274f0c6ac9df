import type { Readable } from 'node:stream'
import { AppError } from '#lib/errors/app-error.ts'
import type { ArchiveOptions } from '../engine.ts'
import { connectionError } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { readAnswer } from './engine-http.ts'
import { refusal } from './refusal.ts'
import { isUnknownUser } from './start-failure.ts'

/** `GET /containers/ID/archive`: also of a container that never ran. A 404 means the path, unless it says otherwise. */
export async function readArchive(
  api: DockerApi,
  container: string,
  path: string,
  { maxBytes, signal }: ArchiveOptions,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const call = {
    method: 'GET',
    path: `/containers/${encodeURIComponent(container)}/archive`,
    query: { path },
    headersMs: api.times.workMs,
    idleMs: api.times.workMs,
    signal,
  } as const
  const response = await api.open(call)
  if (response.status === 200) return bounded(api, response.body, path, maxBytes, signal)
  const answer = await readAnswer(response, call, api.address)
  // Podman looks the user up already here.
  if (isUnknownUser(answer.message)) throw new AppError('user_unknown', answer.message)
  if (/too many (?:links|levels of symbolic links)/i.test(answer.message))
    throw new AppError('link_loop', `${path} in the container never leads to a file.`)
  if (answer.status !== 404) throw refusal(api, `read ${path}`, answer)
  if (/no such container|no container with/i.test(answer.message)) throw containerGone(api)
  return undefined
}

/** The error for a container that somebody else removed. */
export function containerGone(api: DockerApi): AppError {
  return new AppError('container_gone', `The engine at ${api.address} no longer has the container.`, {
    hint: 'Somebody removed it there in the meantime. Run it again.',
  })
}

async function* bounded(
  api: DockerApi,
  body: Readable,
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let sizeBytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength
      if (sizeBytes > maxBytes) {
        throw new AppError('archive_too_large', `${path} in the container has more than ${maxBytes} bytes.`)
      }
      yield chunk
    }
  } catch (error) {
    throw connectionError(error, api.address, signal)
  }
}
