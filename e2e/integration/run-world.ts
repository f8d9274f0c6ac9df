import type { RegistryKind } from '#e2e/lab/registry.ts'
import { type EngineWorld, startEngineWorld } from './engine-world.ts'
import { openRunHouse, type RunHouse } from './run-house.ts'

/** Everything real: a registry, an engine with emulators, and the verb that validates. */
export interface RunWorld extends RunHouse {
  readonly engines: EngineWorld
}

/** What a world has beside the open registry. */
export interface RunWorldOptions {
  /** Registries that want a login, which Archway has. */
  readonly logins?: readonly Exclude<RegistryKind, 'open'>[]
}

/** Starts it all; one for each test file. */
export async function startRunWorld({ logins = [] }: RunWorldOptions = {}): Promise<RunWorld> {
  const stack = new AsyncDisposableStack()
  const engines = stack.use(await startEngineWorld({ registries: ['open', ...logins] }))
  const house = stack.use(
    await openRunHouse([engines.engine], {
      logins: logins.map((kind) => engines.lab.registry(kind)),
      layoutRoots: [engines.lab.folder],
    }),
  )
  return { ...house, engines, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
