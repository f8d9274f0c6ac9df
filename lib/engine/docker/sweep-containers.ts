import { z } from 'zod'
import type { EngineCallOptions, SweepRequest } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { maySweep, SWEEP_LABEL } from './lease-labels.ts'
import { refusal } from './refusal.ts'
import { removeContainer } from './remove-container.ts'

const listSchema = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()).nullish() }))

/** Lists what carries our label, running or not, and removes what is over. Answers the ids. */
export async function sweepContainers(
  api: DockerApi,
  { instance, now }: SweepRequest,
  options: EngineCallOptions = {},
): Promise<readonly string[]> {
  const answer = await api.ask({
    method: 'GET',
    path: '/containers/json',
    query: { all: '1', filters: JSON.stringify({ label: [SWEEP_LABEL] }) },
    headersMs: api.times.askMs,
    idleMs: api.times.askMs,
    signal: options.signal,
  })
  if (answer.status !== 200) throw refusal(api, 'list its containers', answer)
  const parsed = listSchema.safeParse(answer.json)
  if (!parsed.success)
    throw wrongAnswer(api.address, 'something else than a list of containers', parsed.error)
  const over = parsed.data.filter(({ Labels }) => maySweep(Labels ?? {}, instance, now)).map(({ Id }) => Id)
  for (const id of over) await removeContainer(api, id, options)
  return over
}
