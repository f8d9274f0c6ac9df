import { z } from 'zod'
import type { ContainerHealth } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { containerGone } from './read-archive.ts'
import { refusal } from './refusal.ts'

const stateSchema = z.object({
  State: z.object({
    Running: z.boolean(),
    ExitCode: z.number(),
    OOMKilled: z.boolean().default(false),
    StartedAt: z.string().optional(),
    FinishedAt: z.string().optional(),
    // Podman leaves the status empty where there is no check.
    Health: z
      .object({
        Status: z.string().nullish(),
        Log: z.array(z.object({ ExitCode: z.number(), Output: z.string().default('') })).nullish(),
      })
      .nullish(),
  }),
})

/** How a container stands, as the engine tells. */
export interface ContainerState {
  readonly running: boolean
  readonly exitCode: number
  readonly oomKilled: boolean
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
  readonly health: ContainerHealth
}

/** `GET /containers/ID/json`, the state alone. Throws `container_gone`. */
export async function readContainerState(
  api: DockerApi,
  container: string,
  signal?: AbortSignal,
): Promise<ContainerState> {
  const { askMs } = api.times
  const path = `/containers/${encodeURIComponent(container)}/json`
  const answer = await api.ask({ method: 'GET', path, headersMs: askMs, idleMs: askMs, signal })
  if (answer.status === 404) throw containerGone(api)
  if (answer.status !== 200) throw refusal(api, 'describe the container', answer)
  const parsed = stateSchema.safeParse(answer.json)
  if (!parsed.success) throw wrongAnswer(api.address, 'something else than a container’s state', parsed.error)
  const { Running, ExitCode, OOMKilled, StartedAt, FinishedAt, Health } = parsed.data.State
  return {
    running: Running,
    exitCode: ExitCode,
    oomKilled: OOMKilled,
    startedAt: parseTime(StartedAt),
    finishedAt: parseTime(FinishedAt),
    health: healthOf(Health),
  }
}

function healthOf(told: z.infer<typeof stateSchema>['State']['Health']): ContainerHealth {
  const word = told?.Status
  const last = told?.Log?.at(-1)
  return {
    status: word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : 'none',
    ...(last ? { last: { exitCode: last.ExitCode, output: last.Output } } : {}),
  }
}

/** Go's zero time, year 1, means never. */
function parseTime(text: string | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN)
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970 ? undefined : time
}
