import { randomUUID } from 'node:crypto'
import { toAppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { ContainerSpec, CreatedContainer } from '../container-spec.ts'
import type { Engine, EngineCallOptions, EngineInfo } from '../engine.ts'
import type { EngineAddress } from '../engine-address.ts'
import { addFiles } from './add-files.ts'
import { readContainerState } from './container-state.ts'
import { createContainer } from './create-container.ts'
import { createDockerApi, type EngineTimes } from './docker-api.ts'
import { inspectImage } from './inspect-image.ts'
import { loadImage } from './load-image.ts'
import { pullImage } from './pull-image.ts'
import { readArchive } from './read-archive.ts'
import { readInfo } from './read-info.ts'
import { removeContainer } from './remove-container.ts'
import { removeImage } from './remove-image.ts'
import { runContainer } from './run-container.ts'
import { sweepContainers } from './sweep-containers.ts'

/** How long what an engine says of its machine is believed when a container is made. */
const INFO_VALID_MS = 60_000

/** After these, a container may have been made that nobody knows the id of. */
const UNSEEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine_unavailable',
  'engine_timeout',
  'engine_protocol',
  'cancelled',
])

/** A Docker Engine (20.10 or later) or Podman's service (4 or later), over its HTTP API. Connects at the first call. */
export function createDockerEngine(address: EngineAddress, times: Partial<EngineTimes> = {}): Engine {
  const api = createDockerApi(address, times)
  let known: { readonly info: EngineInfo; readonly atMs: number } | undefined

  async function recentInfo(signal: AbortSignal | undefined): Promise<EngineInfo> {
    if (known !== undefined && performance.now() - known.atMs < INFO_VALID_MS) return known.info
    const info = await readInfo(api, { signal })
    known = { info, atMs: performance.now() }
    return info
  }

  /** Names of containers whose making nobody saw the end of: the engine was lost, or too slow. */
  const unsure = new Set<string>()

  async function create(spec: ContainerSpec, options: EngineCallOptions = {}): Promise<CreatedContainer> {
    const info = await recentInfo(options.signal)
    const name = `archway-${randomUUID()}`
    try {
      return await createContainer(api, info, spec, name, options)
    } catch (error) {
      // Not before: a sweep meanwhile would take a container that is about to run.
      if (UNSEEN.has(toAppError(error).code)) unsure.add(name)
      throw error
    }
  }

  return {
    address: api.address,
    info: (options) => readInfo(api, options),
    pull: (request, options) => pullImage(api, request, options),
    load: (request, options) => loadImage(api, request, options),
    inspectImage: (image, options) => inspectImage(api, image, options),
    addFiles: (request) => addFiles(api, request),
    removeImage: (image, options) => removeImage(api, image, options),
    create,
    readArchive: (container, path, options) => readArchive(api, container, path, options),
    run: (container, options) => runContainer(api, container, options),
    health: async (container, options) => (await readContainerState(api, container, options?.signal)).health,
    remove: (container, options) => removeContainer(api, container, options),
    sweep: (request, options) => sweepContainers(api, request, new Set(unsure), options),
    close: () => api.close(),
  }
}
