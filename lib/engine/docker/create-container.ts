import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { ContainerSpec, CreatedContainer } from '../container-spec.ts'
import type { EngineCallOptions, EngineInfo } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import { containerBody } from './container-body.ts'
import type { DockerApi } from './docker-api.ts'
import type { EngineAnswer } from './engine-http.ts'
import { inspectImage } from './inspect-image.ts'
import { refusal } from './refusal.ts'

const createdSchema = z.object({ Id: z.string().min(1), Warnings: z.array(z.string()).nullish() })

/**
 * `POST /containers/create`, under a name by which it is found again when no answer comes. With the platform first: an engine may hold the same name for several. It answers 404
 * when the image's config names another one; then the image, pinned by digest, is taken as it is.
 */
export async function createContainer(
  api: DockerApi,
  info: EngineInfo,
  spec: ContainerSpec,
  name: string,
  options: EngineCallOptions = {},
): Promise<CreatedContainer> {
  const image = await inspectImage(api, spec.image, options)
  if (image === undefined) throw imageGone(api, spec.image)
  const body = containerBody(spec, { cpus: info.cpus, volumes: image.volumes, health: image.health })
  const send = (platform: string | undefined): Promise<EngineAnswer> =>
    api.ask({
      method: 'POST',
      path: '/containers/create',
      query: { platform, name },
      json: body,
      headersMs: api.times.workMs,
      idleMs: api.times.workMs,
      signal: options.signal,
    })
  const asked = await send(platformText(spec.platform))
  const platformRefused = asked.status === 404
  const answer = platformRefused ? await send(undefined) : asked
  if (answer.status === 404) throw imageGone(api, spec.image)
  if (/mkdir.* not a directory/i.test(answer.message))
    throw new AppError('working_dir_invalid', answer.message)
  if (answer.status !== 201) throw refusal(api, 'make the container', answer, 'container_refused')
  const parsed = createdSchema.safeParse(answer.json)
  if (!parsed.success) throw wrongAnswer(api.address, 'something else than a container’s id', parsed.error)
  return { id: parsed.data.Id, platformRefused, warnings: parsed.data.Warnings ?? [] }
}

function imageGone(api: DockerApi, image: string): AppError {
  return new AppError('image_gone', `The engine at ${api.address} no longer has the image ${image}.`, {
    hint: 'It was removed there in the meantime (docker image prune?). Run it again.',
  })
}
