/**
 * The laboratory: real registries on this machine, filled with images that are right and images that are
 * wrong. Tests, `npm run lab` and the benches use it. Nothing here imports the product, so that a mistake
 * cannot hide on both sides.
 *
 * ```ts
 * import { startLab } from '#e2e/lab/lab.ts'
 * import { seedSample } from '#e2e/lab/seed-sample.ts'
 *
 * const lab = await startLab({ registries: ['open', 'token'] })
 * const sample = await seedSample(lab.registry('open'))
 * sample.reference                    // 127.0.0.1:PORT/power/multiarch-app
 * sample.releases[0]                  // {version: '1.0.0', digest, platforms, created, …}
 * await lab.stop()                    // or: await using lab = await startLab()
 * ```
 *
 * | module | offers |
 * |---|---|
 * | `lab.ts` | `startLab(options)` → `Lab` |
 * | `prepare.ts` | `ensurePackages(features)` → what is missing here, after trying to install it |
 * | `registry.ts` | `LabRegistry`: `host`, `url`, `login`, `reference()`, `start()`, `stop()` |
 * | `token-server.ts` | `TokenServer`: `url`, `requests`, `clearRequests()`, `configure({expiresInSeconds, …})` |
 * | `repository.ts` | `openRepository(registry, name)`: `push`, `putBlob`, `putManifest`, `getManifest`, `deleteManifest` |
 * | `image.ts`, `index-manifest.ts`, `artifact.ts`, `attestation.ts`, `layer.ts` | `buildImage`, `buildIndex`, `buildArtifact`, `buildAttestation`, `buildLayer`: any shape, right or wrong |
 * | `storage.ts` | `writeManifests`: straight into the registry's folder, for thousands of tags |
 * | `seeded.ts` | `SeededTag`: tag, reference, digest, children, platforms, as every seed returns them |
 * | `layout.ts` | `readLayout`, `writeLayout`: OCI layouts on disk |
 * | `seed-sample.ts` | `seedSample(registry)`: `power/multiarch-app`, sixty releases, linux/ppc64le lost and found |
 * | `seed-odd.ts` | `seedOdd(registry)`: `lab/odd`, one tag an oddity |
 * | `seed-checks.ts` | `seedChecks(registry)`: `lab/checks`, `lab/clean`, `lab/checks-…`: for each check what it must find, and what it must let be |
 * | `seed-many.ts` | `seedMany(registry, {count})`: `lab/many`, 1,000 or 20,000 tags |
 * | `seed-run-images.ts` | `seedRunImages(registry)`: `lab/run`, images that fail, hang, flood and try what they may not |
 * | `engine.ts`, `podman.ts` | `startEngine()`, `startPodman()`: a real engine that runs four architectures, with `docker(...)` |
 * | `counting-proxy.ts` | `startCountingProxy(host, {withoutRanges})`: a registry through a proxy that counts bytes and may know no ranges |
 * | `seed-private.ts` | `seedPrivate(registry)`: `private/app` (and `public/app`) behind a login |
 *
 * Passwords are no secret: see `labLogin` in `login.ts`.
 */
import path from 'node:path'
import { makeLabFolder } from './lab-folder.ts'
import { type LabRegistry, type RegistryKind, startRegistry } from './registry.ts'
import { startTokenServer, type TokenServer, type TokenSettings } from './token-server.ts'

/** What to start. Without options: the open registry alone. */
export interface LabOptions {
  readonly registries?: readonly RegistryKind[]
  /** First settings of the token server; `lab.tokenServer.configure` changes them later. */
  readonly token?: Partial<TokenSettings>
}

/** A running laboratory. It dies with this process, also when nobody calls `stop`. */
export interface Lab extends AsyncDisposable {
  /** The temporary folder that holds storage, keys and logs; gone after `stop`. */
  readonly folder: string
  /** A started registry. Throws when `startLab` was not asked for it. */
  registry(kind: RegistryKind): LabRegistry
  /** The token server behind the `token` registry. Throws when `startLab` was not asked for it. */
  readonly tokenServer: TokenServer
  /** Ends every process by its pid, waits for it, and removes the folder. May be called twice. */
  stop(): Promise<void>
}

/** Starts what `options` asks for; what came up before a failure is ended again. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const kinds = new Set<RegistryKind>(options.registries ?? ['open'])
  const { path: folder, remove } = await makeLabFolder()
  const registries = new Map<RegistryKind, LabRegistry>()
  let tokenServer: TokenServer | undefined
  const stop = async () => {
    await Promise.all([...registries.values(), tokenServer].map((part) => part?.stop()))
    await remove()
  }
  try {
    if (kinds.has('token')) tokenServer = await startTokenServer(folder, options.token)
    await settleAll(
      [...kinds].map(async (kind) => {
        registries.set(kind, await startRegistry(kind, path.join(folder, kind), tokenServer))
      }),
    )
  } catch (error) {
    await stop()
    throw error
  }
  return {
    folder,
    registry: (kind) => registries.get(kind) ?? notStarted(`the ${kind} registry`),
    get tokenServer() {
      return tokenServer ?? notStarted('the token server')
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Waits for all of them, also when one fails, so that nothing starts behind our back. */
async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(work)
  await Promise.all(work)
}

function notStarted(what: string): never {
  throw new Error(`startLab was not asked for ${what}`)
}
