import { setTimeout as sleep } from 'node:timers/promises'
import { type LabEngine, startEngine } from '#e2e/lab/engine.ts'
import { type Lab, type LabOptions, startLab } from '#e2e/lab/lab.ts'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type SeededRunImages, seedRunImages } from '#e2e/lab/seed-run-images.ts'
import { type ContainerSpec, DEFAULT_LIMITS, type SandboxLimits } from '#lib/engine/container-spec.ts'
import { createDockerEngine } from '#lib/engine/docker/docker-engine.ts'
import type { Engine, EngineImageHandle } from '#lib/engine/engine.ts'
import type { RunOptions, RunOutcome } from '#lib/engine/run-outcome.ts'
import { parseDigest } from '#lib/oci/digest.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { parseRepository, type RegistryRepository } from '#lib/oci/reference.ts'

/** Cancelling takes under two seconds; the rest is a busy machine's. What is cancelled would go on for a minute. */
export const CANCELLED_WITHIN_MS = 8_000

/** One run of a lab image, with what it printed. */
export interface RunResult extends RunOutcome {
  readonly stdout: string
  readonly stderr: string
}

/** A real engine, a real registry with images to run, and the adapter under test. */
export interface EngineWorld extends AsyncDisposable {
  readonly lab: Lab
  readonly labEngine: LabEngine
  readonly engine: Engine
  readonly images: SeededRunImages
  pull(name: RunImageName, platform: string): Promise<EngineImageHandle>
  /** Pulls an image and makes a container of it. */
  make(name: RunImageName, platform: string, spec?: Partial<ContainerSpec>): Promise<string>
  /** Pulls, makes, runs and removes. */
  run(name: RunImageName, platform: string, options?: RunRequest): Promise<RunResult>
  /** Ids of all containers in the engine, running or not. */
  containers(): Promise<readonly string[]>
}

/** What a test may change of a run. */
export interface RunRequest extends Partial<RunOptions> {
  readonly limits?: Partial<SandboxLimits>
  readonly spec?: Partial<ContainerSpec>
}

/** Starts it all; one for each test file. */
export async function startEngineWorld(options: LabOptions = {}): Promise<EngineWorld> {
  const stack = new AsyncDisposableStack()
  const lab = stack.use(await startLab(options))
  const labEngine = stack.use(await startEngine())
  const engine = createDockerEngine({ kind: 'unix', path: labEngine.socketPath })
  stack.defer(() => engine.close())
  const images = await seedRunImages(lab.registry('open'))
  const repository = parseRepository(images.reference) as RegistryRepository

  const pull: EngineWorld['pull'] = (name, platform) => {
    const child = images.tags[name].children.find((each) => each.platform === platform)
    if (child === undefined) throw new Error(`${name} is not there for ${platform}`)
    return engine.pull({
      repository,
      digest: parseDigest(child.digest),
      platform: parsePlatform(platform),
    })
  }
  const make: EngineWorld['make'] = async (name, platform, spec) => {
    const { image } = await pull(name, platform)
    const { id } = await engine.create({ ...specOf(image, platform), ...spec })
    return id
  }
  return {
    lab,
    labEngine,
    engine,
    images,
    pull,
    make,
    async run(name, platform, { limits, spec, ...options } = {}) {
      const id = await make(name, platform, { limits: { ...DEFAULT_LIMITS, ...limits }, ...spec })
      try {
        return await runContainer(engine, id, options)
      } finally {
        await engine.remove(id)
      }
    },
    containers: async () => (await labEngine.docker('ps', '--all', '--quiet')).split('\n').filter(Boolean),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** A specification that most tests take as it is. */
export function specOf(image: string, platform: string): ContainerSpec {
  return {
    image,
    platform: parsePlatform(platform),
    network: 'none',
    limits: DEFAULT_LIMITS,
    lease: { instance: 'tests', until: new Date(Date.now() + 600_000) },
  }
}

/** Runs a container and keeps what it prints. */
export async function runContainer(
  engine: Engine,
  id: string,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const output = { stdout: '', stderr: '' }
  const outcome = await engine.run(id, {
    onOutput: ({ stream, bytes }) => {
      output[stream] += Buffer.from(bytes).toString('latin1')
    },
    outputMaxBytes: 1 << 20,
    timeoutMs: 30_000,
    ...options,
  })
  return { ...outcome, ...output }
}

/** Waits until the program has printed something. */
export async function untilPrinted(hasPrinted: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!hasPrinted()) {
    if (Date.now() > deadline) throw new Error('the program printed nothing')
    await sleep(10)
  }
}
