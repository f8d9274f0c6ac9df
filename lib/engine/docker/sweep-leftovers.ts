import { z } from 'zod'
import { toAppError } from '#lib/errors/app-error.ts'
import type { EngineCallOptions, SweepRequest, Swept } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { maySweep, nameOf, SWEEP_LABEL } from './lease-labels.ts'
import { refusal } from './refusal.ts'
import { removeContainer } from './remove-container.ts'
import { removeImage } from './remove-image.ts'

/** What was being made or removed when an engine was lost. What a sweep has seen to leaves these sets. */
export interface Unseen {
  /** Names and ids of containers, and names of what `addFiles` makes. */
  readonly containers: Set<string>
  /** Names and ids of images that were being removed. */
  readonly images: Set<string>
}

const labelsSchema = z.record(z.string(), z.string()).nullish()
const containersSchema = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()).nullish(), Labels: labelsSchema }),
)
const imagesSchema = z.array(z.object({ Id: z.string(), Labels: labelsSchema }))

/** Lists what carries our label, running or not, and removes what is over, or was unseen when the engine was lost. */
export async function sweepLeftovers(
  api: DockerApi,
  { instance, now }: SweepRequest,
  unseen: Unseen,
  options: EngineCallOptions = {},
): Promise<Swept> {
  const isOver = (labels: z.output<typeof labelsSchema>) =>
    maySweep(labels ?? {}, instance, now) || unseen.containers.has(nameOf(labels ?? {}) ?? '')
  const containers = await listOurs(api, 'containers', containersSchema, options)
  const over = containers.filter(
    ({ Id, Labels, Names }) =>
      isOver(Labels) ||
      unseen.containers.has(Id) ||
      Names?.some((name) => unseen.containers.has(name.replace(/^\//, ''))),
  )
  const left: string[] = []
  for (const { Id } of over) {
    await removeContainer(api, Id, options).catch((error: unknown) => {
      if (toAppError(error).code !== 'engine_refused') throw error
      left.push(Id)
    })
    unseen.containers.delete(Id)
  }
  // Images that were made for the files of a job; one that something still needs stays until the next time.
  const images = await listOurs(api, 'images', imagesSchema, options)
  const made = images.filter(({ Labels }) => isOver(Labels)).map(({ Id }) => Id)
  for (const image of new Set([...made, ...unseen.images])) {
    await removeImage(api, image, options).catch((error: unknown) => {
      if (toAppError(error).code !== 'engine_refused') throw error
    })
    unseen.images.delete(image)
  }
  return { removed: over.map(({ Id }) => Id).filter((id) => !left.includes(id)), left }
}

async function listOurs<Schema extends z.ZodType>(
  api: DockerApi,
  what: 'containers' | 'images',
  schema: Schema,
  { signal }: EngineCallOptions,
): Promise<z.output<Schema>> {
  const answer = await api.ask({
    method: 'GET',
    path: `/${what}/json`,
    query: {
      ...(what === 'containers' ? { all: '1' } : {}),
      filters: JSON.stringify({ label: [SWEEP_LABEL] }),
    },
    headersMs: api.times.askMs,
    idleMs: api.times.askMs,
    signal,
  })
  if (answer.status !== 200) throw refusal(api, `list its ${what}`, answer)
  const parsed = schema.safeParse(answer.json)
  if (parsed.success) return parsed.data
  throw wrongAnswer(api.address, `something else than a list of ${what}`, parsed.error)
}
