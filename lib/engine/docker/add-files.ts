import { z } from 'zod'
import { archiveEnd, writeMember } from '#lib/image/tar/write-member.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { AddFilesRequest } from '../engine.ts'
import { wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import type { EngineAnswer, EngineRequest } from './engine-http.ts'
import { leaseLabels, nameLabel } from './lease-labels.ts'
import { refusal } from './refusal.ts'
import { removeContainer } from './remove-container.ts'

const idSchema = z.object({ Id: z.string().min(1) })

/**
 * The files are put into a container of the image that never runs, and what it holds then is kept as an image: the
 * containers of the sandbox have a read-only root, into which an engine puts nothing, and a volume could be written to.
 * Container and image carry the lease and the name, so that a sweep finds what is left.
 */
export async function addFiles(
  api: DockerApi,
  { image, platform, files, lease }: AddFilesRequest,
  name: string,
): Promise<string> {
  const labels = { ...leaseLabels(lease), ...nameLabel(name) }
  const container = await createIdle(api, image, platformText(platform), labels)
  try {
    const query = { path: '/', noOverwriteDirNonDir: '1' }
    const path = `/containers/${encodeURIComponent(container)}/archive`
    const put = await ask(api, 'PUT', path, { query, archive: archive(files) })
    if (put.status !== 200) throw refusal(api, 'put files into a container', put, 'container_refused')
    const kept = await ask(api, 'POST', '/commit', {
      query: { container, pause: 'false' },
      json: {},
    })
    if (kept.status !== 201) throw refusal(api, 'keep an image with files', kept, 'container_refused')
    return idOf(api, kept)
  } finally {
    await removeContainer(api, container)
  }
}

/** Made as it is, and not to run: an image that names no command is given one that nobody starts. */
async function createIdle(
  api: DockerApi,
  image: string,
  platform: string,
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  const create = (query: EngineRequest['query'], more: Readonly<Record<string, unknown>> = {}) =>
    ask(api, 'POST', '/containers/create', {
      query,
      json: { Image: image, Labels: labels, HostConfig: { NetworkMode: 'none' }, ...more },
    })
  let query: EngineRequest['query'] = { platform }
  let made = await create(query)
  // The image's config may name another platform than the index.
  if (made.status === 404) {
    query = {}
    made = await create(query)
  }
  if (made.status === 400 && /no command/i.test(made.message)) made = await create(query, { Cmd: ['/none'] })
  if (made.status !== 201) throw refusal(api, 'make a container for files', made, 'container_refused')
  return idOf(api, made)
}

function ask(
  api: DockerApi,
  method: EngineRequest['method'],
  path: string,
  rest: Pick<EngineRequest, 'query' | 'json' | 'archive'>,
): Promise<EngineAnswer> {
  const { workMs } = api.times
  return api.ask({ method, path, headersMs: workMs, idleMs: workMs, ...rest })
}

function idOf(api: DockerApi, answer: EngineAnswer): string {
  const parsed = idSchema.safeParse(answer.json)
  if (parsed.success) return parsed.data.Id
  throw wrongAnswer(api.address, 'something else than an id', parsed.error)
}

async function* archive(files: AddFilesRequest['files']): AsyncGenerator<Uint8Array> {
  for (const [path, text] of Object.entries(files))
    yield* writeMember(path.slice(1), Buffer.from(text), text.startsWith('#!') ? 0o755 : 0o644)
  yield archiveEnd()
}
