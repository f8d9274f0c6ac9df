import 'server-only'
import { openLocalEngines } from '#lib/engine/open-local-engines.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import { readProbeImages } from '#lib/service/run/read-probe-images.ts'
import type { ImageSource } from '#lib/source/image-source.ts'
import type { Store } from '#lib/store/store.ts'

/** What the engines of a server are made of. */
export interface ServerEnginesOptions {
  readonly store: Store
  /** Archway's own sample: running it tells what an engine can run. */
  readonly sample: ImageSource
  readonly now: () => Date
}

/** The engines of this server; what was found out of them outlasts it. */
export function openServerEngines({ store, sample, now }: ServerEnginesOptions): EnginePool {
  return new EnginePool({
    ...openLocalEngines(),
    readProbeImages: (signal) => readProbeImages(sample, { signal }),
    memory: {
      get: async (key) => (await store.engineProbes.get(key))?.platforms,
      put: (key, platforms) => store.engineProbes.put(key, platforms, now()),
    },
    instance: store.instance,
    now,
  })
}
