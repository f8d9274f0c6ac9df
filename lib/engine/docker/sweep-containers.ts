import { z } from 'zod'
import { toAppError } from '#lib/errors/app-error.ts'
import type { EngineCallOptions, SweepRequest, Swept } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { maySweep, SWEEP_LABEL } from './lease-labels.ts'
import { refusal } from './refusal.ts'
import { removeContainer } from './remove-container.ts'
import { removeImage } from './remove-image.ts'

const listSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
)

/** Lists what carries our label, running or not, and removes what is over or has one of the names. */
export async function sweepContainers(
  api: DockerApi,
  { instance, now }: SweepRequest,
  names: ReadonlySet<string>,
  options: EngineCallOptions = {},
): Promise<Swept> {
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
  const over = parsed.data.filter(
    ({ Labels, Names }) =>
      maySweep(Labels ?? {}, instance, now) || Names?.some((name) => names.has(name.replace(/^\//, ''))),
  )
  const left: string[] = []
  for (const { Id } of over) {
    await removeContainer(api, Id, options).catch((error: unknown) => {
      if (toAppError(error).code !== 'engine_refused') throw error
      left.push(Id)
    })
  }
  await sweepImages(api, { instance, now }, options)
  return { removed: over.map(({ Id }) => Id).filter((id) => !left.includes(id)), left }
}

const imagesSchema = z.array(z.object({ Id: z.string(), Labels: z.record(z.string(), z.string()).nullish() }))

/** Images that were made for the files of a job. One that something still needs stays until the next time. */
async function sweepImages(
  api: DockerApi,
  { instance, now }: SweepRequest,
  options: EngineCallOptions,
): Promise<void> {
  const answer = await api.ask({
    method: 'GET',
    path: '/images/json',
    query: { filters: JSON.stringify({ label: [SWEEP_LABEL] }) },
    headersMs: api.times.askMs,
    idleMs: api.times.askMs,
    signal: options.signal,
  })
  if (answer.status !== 200) throw refusal(api, 'list its images', answer)
  const parsed = imagesSchema.safeParse(answer.json)
  if (!parsed.success) throw wrongAnswer(api.address, 'something else than a list of images', parsed.error)
  for (const { Id } of parsed.data.filter(({ Labels }) => maySweep(Labels ?? {}, instance, now)))
    await removeImage(api, Id, options).catch((error: unknown) => {
      if (toAppError(error).code !== 'engine_refused') throw error
    })
}
