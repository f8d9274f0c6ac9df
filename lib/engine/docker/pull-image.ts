import { platformText } from '#lib/oci/platform.ts'
import { formatReference } from '#lib/oci/reference.ts'
import type { EngineCredential, EngineImageHandle, PullOptions, PullRequest } from '../engine.ts'
import type { DockerApi } from './docker-api.ts'
import { readAnswer } from './engine-http.ts'
import { inspectImage } from './inspect-image.ts'
import { isPlatformRefusal, pullError } from './pull-error.ts'
import { PullProgressCounter } from './pull-progress.ts'
import { eventError, readEvents } from './read-events.ts'

/**
 * `POST /images/create` by the digest of one manifest. Most failures come inside the stream, after a status of 200.
 * The platform is stated so that an engine that keeps images by containerd accepts a foreign one; where it refuses
 * because the config names another platform, the digest alone decides.
 */
export async function pullImage(
  api: DockerApi,
  request: PullRequest,
  options: PullOptions = {},
): Promise<EngineImageHandle> {
  const image = formatReference(request)
  const counter = new PullProgressCounter(request.layers)
  if ((await inspectImage(api, image, options)) !== undefined) {
    options.onProgress?.(counter.finish())
    return { image, wasPresent: true }
  }
  await options.onAbsent?.(image)
  options.onProgress?.(counter.progress())
  const failure = await pullOnce(api, request, platformText(request.platform), counter, options)
  const lasting =
    failure !== undefined && isPlatformRefusal(failure)
      ? await pullOnce(api, request, undefined, counter, options)
      : failure
  if (lasting !== undefined) throw pullError(request, api.address, lasting)
  options.onProgress?.(counter.finish())
  return { image, wasPresent: false }
}

/** Answers the engine's words when it failed. */
async function pullOnce(
  api: DockerApi,
  request: PullRequest,
  platform: string | undefined,
  counter: PullProgressCounter,
  { onProgress, signal }: PullOptions,
): Promise<string | undefined> {
  const { registry, path } = request.repository
  const call = {
    method: 'POST',
    path: '/images/create',
    query: { fromImage: `${registry}/${path}`, tag: request.digest, platform },
    headers: authHeader(request.credential, registry),
    headersMs: api.times.transferIdleMs,
    idleMs: api.times.transferIdleMs,
    signal,
  } as const
  const response = await api.open(call)
  if (response.status !== 200) return (await readAnswer(response, call, api.address)).message
  let failure: string | undefined
  for await (const event of readEvents(api, response.body, signal)) {
    failure ??= eventError(event)
    const progress = counter.take(event)
    if (progress !== undefined) onProgress?.(progress)
  }
  return failure
}

/** `X-Registry-Auth`: base64url of JSON; without its padding the engine takes it for no login at all. https://docs.docker.com/reference/api/engine/#section/Authentication */
function authHeader(credential: EngineCredential | undefined, registry: string): Record<string, string> {
  if (credential === undefined || credential.kind === 'anonymous') return {}
  const server = { serveraddress: registry }
  const login =
    credential.kind === 'basic'
      ? { username: credential.username, password: credential.password, ...server }
      : { identitytoken: credential.token, ...server }
  return { 'x-registry-auth': paddedBase64Url(JSON.stringify(login)) }
}

function paddedBase64Url(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}
