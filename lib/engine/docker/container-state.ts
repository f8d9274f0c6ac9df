import { z } from 'zod'
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
  }),
})

/** How a container stands, as the engine tells after its end. */
export interface ContainerState {
  readonly running: boolean
  readonly exitCode: number
  readonly oomKilled: boolean
  readonly startedAt: Date | undefined
  readonly finishedAt: Date | undefined
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
  const { Running, ExitCode, OOMKilled, StartedAt, FinishedAt } = parsed.data.State
  return {
    running: Running,
    exitCode: ExitCode,
    oomKilled: OOMKilled,
    startedAt: parseTime(StartedAt),
    finishedAt: parseTime(FinishedAt),
  }
}

/** Go's zero time, year 1, means never. */
function parseTime(text: string | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN)
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970 ? undefined : time
}
