import { AppError } from '#lib/errors/app-error.ts'
import type { BringImageOptions, EngineImageHandle, LoadRequest } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { readAnswer } from './engine-http.ts'
import { inspectImage } from './inspect-image.ts'
import { quoteWords } from './quote-words.ts'
import { eventError, readEvents } from './read-events.ts'
import { refusal } from './refusal.ts'

/** `Loaded image ID: sha256:…` without a name in the archive, `Loaded image: …` with one or from Podman. */
const LOADED = /Loaded image(?: ID|s|\(s\))?: (\S+)/

/** `POST /images/load`. The engine says under which name or id it keeps the image. */
export async function loadImage(
  api: DockerApi,
  request: LoadRequest,
  options: BringImageOptions = {},
): Promise<EngineImageHandle> {
  if ((await inspectImage(api, request.configDigest, options)) !== undefined) {
    return { image: request.configDigest, wasPresent: true }
  }
  await options.onAbsent?.(request.configDigest)
  const call = {
    method: 'POST',
    path: '/images/load',
    query: { quiet: '1' },
    archive: request.archive,
    headersMs: api.times.transferIdleMs,
    idleMs: api.times.transferIdleMs,
    signal: options.signal,
  } as const
  const response = await api.open(call)
  if (response.status !== 200) {
    throw refusal(api, 'load the image', await readAnswer(response, call, api.address), 'image_load_failed')
  }
  let image: string | undefined
  for await (const event of readEvents(api, response.body, options.signal)) {
    const failure = eventError(event)
    if (failure !== undefined) {
      throw new AppError('image_load_failed', `The engine could not load the image: ${quoteWords(failure)}`)
    }
    image = LOADED.exec(event.stream ?? '')?.[1] ?? image
  }
  if (image === undefined) throw wrongAnswer(api.address, 'no word on which image it loaded')
  return { image, wasPresent: false }
}
