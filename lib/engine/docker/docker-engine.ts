import type { Engine, EngineInfo } from '../engine.ts'
import type { EngineAddress } from '../engine-address.ts'
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

  return {
    address: api.address,
    info: (options) => readInfo(api, options),
    pull: (request, options) => pullImage(api, request, options),
    load: (request, options) => loadImage(api, request, options),
    inspectImage: (image, options) => inspectImage(api, image, options),
    removeImage: (image, options) => removeImage(api, image, options),
    create: async (spec, options) => createContainer(api, await recentInfo(options?.signal), spec, options),
    readArchive: (container, path, options) => readArchive(api, container, path, options),
    run: (container, options) => runContainer(api, container, options),
    remove: (container, options) => removeContainer(api, container, options),
    sweep: (request, options) => sweepContainers(api, request, options),
    close: () => api.close(),
  }
}
