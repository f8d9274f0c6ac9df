import { z } from 'zod'
import type { ContainerHealth, EngineCallOptions } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { containerGone } from './read-archive.ts'
import { refusal } from './refusal.ts'

/** Podman leaves the status empty where there is no check. */
const schema = z.object({
  State: z.object({
    Health: z
      .object({
        Status: z.string().nullish(),
        Log: z.array(z.object({ ExitCode: z.number(), Output: z.string().default('') })).nullish(),
      })
      .nullish(),
  }),
})

/** `GET /containers/ID/json`, the health alone. */
export async function readContainerHealth(
  api: DockerApi,
  container: string,
  options: EngineCallOptions = {},
): Promise<ContainerHealth> {
  const { askMs } = api.times
  const path = `/containers/${encodeURIComponent(container)}/json`
  const answer = await api.ask({
    method: 'GET',
    path,
    headersMs: askMs,
    idleMs: askMs,
    signal: options.signal,
  })
  if (answer.status === 404) throw containerGone(api)
  if (answer.status !== 200) throw refusal(api, 'describe the container', answer)
  const parsed = schema.safeParse(answer.json)
  if (!parsed.success) throw wrongAnswer(api.address, 'something else than a container’s state', parsed.error)
  const { Health } = parsed.data.State
  const last = Health?.Log?.at(-1)
  return {
    status: statusOf(Health?.Status),
    ...(last ? { last: { exitCode: last.ExitCode, output: last.Output } } : {}),
  }
}

function statusOf(word: string | null | undefined): ContainerHealth['status'] {
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : 'none'
}
