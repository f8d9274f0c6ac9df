import 'server-only'
import { loadConfig } from '#lib/config/load-config.ts'
import type { Settings } from '#lib/config/settings.ts'
import { type OpenedEngines, openEngines } from '#lib/engine/open-engines.ts'
import { thisMachine } from '#lib/engine/this-machine.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import { readProbeImages } from '#lib/service/run/read-probe-images.ts'
import type { Sources } from '#lib/source/open-sources.ts'
import type { Store } from '#lib/store/store.ts'

/** Archway's own sample, as `openSources` finds it below its base folder. */
const SAMPLE = { kind: 'layout', path: 'samples/multiarch-app' } as const

/** The engines of this server. A broken `archway.yaml` is a problem of theirs, told wherever engines are. */
export function openServerEngines(
  settings: Settings,
  sources: Sources,
  store: Store,
  now: () => Date,
): EnginePool {
  const sample = sources.open(SAMPLE)
  return new EnginePool({
    ...open(settings),
    readProbeImages: (signal) => readProbeImages(sample, { signal }),
    memory: store.engineProbes,
    instance: store.instance,
    now,
  })
}

function open(settings: Settings): OpenedEngines {
  try {
    return openEngines(loadConfig(settings.configFile), thisMachine(process.env))
  } catch (error) {
    return { engines: [], problems: [toAppError(error)] }
  }
}
