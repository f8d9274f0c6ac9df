import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineCallOptions } from '../engine.ts'
import { abortError } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { refusal } from './refusal.ts'

/** Another removal in progress (409) and a busy mount (500) pass by themselves. */
const ATTEMPTS = 6
const FIRST_PAUSE_MS = 50

/** `DELETE /containers/ID?force=1&v=1`, until the container is not there. */
export async function removeContainer(
  api: DockerApi,
  container: string,
  { signal }: EngineCallOptions = {},
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await api.ask({
      method: 'DELETE',
      path: `/containers/${encodeURIComponent(container)}`,
      query: { force: '1', v: '1' },
      headersMs: api.times.workMs,
      idleMs: api.times.workMs,
      signal,
    })
    if (answer.status < 300 || answer.status === 404) return
    if (attempt === ATTEMPTS) throw refusal(api, 'remove the container', answer)
    await sleep(FIRST_PAUSE_MS * 2 ** attempt, undefined, signal && { signal }).catch(() => {
      throw signal === undefined ? answer : abortError(signal)
    })
  }
}
