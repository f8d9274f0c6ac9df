import type { EngineCallOptions } from '../engine.ts'
import type { DockerApi } from './docker-api.ts'
import { encodeImage } from './inspect-image.ts'
import { refusal } from './refusal.ts'

/** `DELETE /images/NAME`. What is gone is fine (404); what a container still needs stays (409): answers whether it is gone. */
export async function removeImage(
  api: DockerApi,
  image: string,
  options: EngineCallOptions = {},
): Promise<boolean> {
  const { workMs } = api.times
  const path = `/images/${encodeImage(image)}`
  const answer = await api.ask({
    method: 'DELETE',
    path,
    headersMs: workMs,
    idleMs: workMs,
    signal: options.signal,
  })
  if (![200, 404, 409].includes(answer.status)) throw refusal(api, `remove the image ${image}`, answer)
  return answer.status !== 409
}
