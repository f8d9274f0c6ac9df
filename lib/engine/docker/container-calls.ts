import type { Readable } from 'node:stream'
import { AppError } from '#lib/errors/app-error.ts'
import type { StartFailure } from '../run-outcome.ts'
import type { DockerApi } from './docker-api.ts'
import { type EngineRequest, readAnswer } from './engine-http.ts'
import { containerGone } from './read-archive.ts'
import { refusal } from './refusal.ts'
import { refusedStart } from './start-failure.ts'

/**
 * `POST …/attach`, output only: resolves when the engine listens, so that nothing written after is missed. Asked
 * without an upgrade, the engine answers 200 and the frames as the body until the container ends. Podman prepares the
 * container here already, and so tells here why it cannot.
 */
export async function attach(
  api: DockerApi,
  container: string,
  signal: AbortSignal,
): Promise<{ readonly output: Readable } | { readonly startFailure: StartFailure }> {
  const query = { stream: '1', stdout: '1', stderr: '1' }
  const call = containerCall(container, 'attach', { query, headersMs: api.times.workMs, idleMs: 0, signal })
  const response = await api.open(call)
  if (response.status === 200) return { output: response.body }
  const answer = await readAnswer(response, call, api.address)
  if (answer.status === 404) throw containerGone(api)
  const [, words] = /^preparing container \S+ for attach: (.*)$/.exec(answer.message) ?? []
  if (words === undefined) throw refusal(api, 'attach to the container', answer)
  return { startFailure: refusedStart(words) }
}

/** `POST …/start`. Answers why the program cannot start, where that is the image's own affair. */
export async function start(
  api: DockerApi,
  container: string,
  signal: AbortSignal,
): Promise<StartFailure | undefined> {
  const { workMs } = api.times
  const answer = await api.ask(
    containerCall(container, 'start', { headersMs: workMs, idleMs: workMs, signal }),
  )
  if (answer.status === 204) return undefined
  if (answer.status === 304)
    throw refusal(api, 'start the container a second time', answer, 'container_refused')
  if (answer.status === 404 && /no such container/i.test(answer.message)) throw containerGone(api)
  if (/docker-init|catatonit/.test(answer.message)) {
    throw new AppError('container_refused', `The engine at ${api.address} has no init for containers.`, {
      hint: 'Install tini (docker-init) there, with Podman catatonit: without it, a crash under QEMU hangs for ever.',
    })
  }
  return refusedStart(answer.message)
}

/**
 * `POST …/wait`, after the start: it answers at once when the container ended before. (`next-exit`, asked before the
 * start, hangs on Podman when a program ends faster than it is looked at.)
 */
export async function untilNotRunning(api: DockerApi, container: string, signal: AbortSignal): Promise<void> {
  const query = { condition: 'not-running' }
  const answer = await api.ask(containerCall(container, 'wait', { query, headersMs: 0, idleMs: 0, signal }))
  if (answer.status === 404) throw containerGone(api)
  if (answer.status !== 200) throw refusal(api, 'wait for the container', answer)
}

/** `POST …/kill` with SIGKILL. Answers whether it was running. */
export async function kill(api: DockerApi, container: string): Promise<boolean> {
  const { killedMs } = api.times
  const query = { signal: 'KILL' }
  const answer = await api.ask(
    containerCall(container, 'kill', { query, headersMs: killedMs, idleMs: killedMs }),
  )
  if ([404, 409].includes(answer.status)) return false
  if (answer.status >= 300) throw refusal(api, 'kill the container', answer)
  return true
}

function containerCall(
  container: string,
  verb: string,
  rest: Pick<EngineRequest, 'query' | 'headersMs' | 'idleMs' | 'signal'>,
): EngineRequest {
  return { method: 'POST', path: `/containers/${encodeURIComponent(container)}/${verb}`, ...rest }
}
