import 'server-only'
import { loadConfig } from '#lib/config/load-config.ts'
import type { Settings } from '#lib/config/settings.ts'
import { type NamedEngine, type OpenedEngines, openEngines } from '#lib/engine/open-engines.ts'
import { thisMachine } from '#lib/engine/this-machine.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { EnginePool } from '#lib/service/run/engine-pool.ts'
import { readProbeImages } from '#lib/service/run/read-probe-images.ts'
import type { ImageSource } from '#lib/source/image-source.ts'
import type { Store } from '#lib/store/store.ts'

/** An engine is back from a restart within seconds; what is skipped for want of it is not tried again. */
const RETURN_MS = 6_000

/** What the engines of a server are made of. */
export interface ServerEnginesOptions {
  readonly settings: Settings
  readonly store: Store
  /** Archway's own sample: running it tells what an engine can run. */
  readonly sample: ImageSource
  readonly now: () => Date
}

/** The engines of this server; what was found out of them outlasts it. A broken `archway.yaml` is a problem of theirs, told wherever engines are. */
export function openServerEngines({ settings, store, sample, now }: ServerEnginesOptions): EnginePool {
  const lookAgain = lookerOf(settings)
  return new EnginePool({
    ...lookAgain([]),
    lookAgain,
    readProbeImages: (signal) => readProbeImages(sample, { signal }),
    memory: store.engineProbes,
    owedImages: store.owedImages,
    instance: store.instance,
    now,
    returnMs: RETURN_MS,
  })
}

/** The file is read once: engines that are found by themselves may come, those it names change with a restart. */
function lookerOf(settings: Settings): (known: readonly NamedEngine[]) => OpenedEngines {
  try {
    const choice = loadConfig(settings.configFile)
    return (known) => openEngines(choice, thisMachine(process.env), known)
  } catch (error) {
    return () => ({ engines: [], problems: [toAppError(error)] })
  }
}
