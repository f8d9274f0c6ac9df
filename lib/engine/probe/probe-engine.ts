import { type AppError, toAppError } from '#lib/errors/app-error.ts'
import { type Platform, platformText } from '#lib/oci/platform.ts'
import { DEFAULT_LIMITS } from '../container-spec.ts'
import type { Engine, EngineInfo, LoadRequest } from '../engine.ts'
import type { RunOutcome } from '../run-outcome.ts'
import { judgeProbe, type PlatformProbe } from './judge-probe.ts'

/** The sample image for one platform: it prints `Running on linux/ARCH`, tells its machine, and ends with 0. */
export interface ProbeImage extends LoadRequest {
  readonly platform: Platform
}

/** What tells one engine's machine from another, or from itself after an upgrade. */
export interface EngineFingerprint {
  readonly kernel: string
  readonly architecture: string
  /** `docker 20.10.24` */
  readonly engine: string
}

/** What an engine can really run. */
export interface EngineProbe {
  readonly info: EngineInfo
  readonly fingerprint: EngineFingerprint
  /** One for each image given, in that order. */
  readonly platforms: readonly PlatformProbe[]
}

/** How to probe. */
export interface ProbeOptions {
  readonly instance: string
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
}

const LIMITS = { ...DEFAULT_LIMITS, memoryBytes: 128 * 1_048_576, pids: 32 }
/** Four lines under QEMU take 20 ms; a busy machine takes seconds to start anything. */
const RUN_TIMEOUT_MS = 30_000
const LEASE_MS = 120_000
const OUTPUT_MAX_BYTES = 4_096

/**
 * Finds out what an engine can run, by running the sample for each platform in the sandbox. The images stay in the
 * engine, a few hundred bytes each, so that the next probe loads nothing. Throws `engine_unavailable` and the like when
 * the engine is not there, `cancelled`; a platform that cannot be run is an answer.
 */
export async function probeEngine(
  engine: Engine,
  images: readonly ProbeImage[],
  options: ProbeOptions,
): Promise<EngineProbe> {
  const info = await engine.info(options)
  const platforms = await Promise.all(images.map((image) => probePlatform(engine, info, image, options)))
  const fingerprint = {
    kernel: info.kernel,
    architecture: info.architecture,
    engine: `${info.kind} ${info.version}`,
  }
  return { info, fingerprint, platforms }
}

async function probePlatform(
  engine: Engine,
  info: EngineInfo,
  image: ProbeImage,
  options: ProbeOptions,
): Promise<PlatformProbe> {
  try {
    const { outcome, output } = await runSample(engine, image, options)
    return judgeProbe(info, image.platform, outcome, output)
  } catch (error) {
    const problem = toAppError(error)
    if (concernsEngine(problem)) throw problem
    return { platform: platformText(image.platform), mode: 'cannot', reason: problem.message }
  }
}

/** What a run of the sample came to, and what it wrote. */
export interface SampleRun {
  readonly outcome: RunOutcome
  readonly output: string
}

/**
 * Runs the sample in the sandbox and lets it tell what machine it sees. `env` is for an emulator: `QEMU_CPU`,
 * `QEMU_PAGESIZE`. Throws what the engine throws.
 */
export async function runSample(
  engine: Engine,
  image: ProbeImage,
  { instance, now, signal, env }: ProbeOptions & { readonly env?: Readonly<Record<string, string>> },
): Promise<SampleRun> {
  const loaded = await engine.load(image, { signal })
  const until = new Date(now().getTime() + LEASE_MS)
  const { id } = await engine.create(
    {
      image: loaded.image,
      platform: image.platform,
      command: ['machine'],
      ...(env && { env }),
      network: 'none',
      limits: LIMITS,
      lease: { instance, until, run: 'probe' },
    },
    { signal },
  )
  try {
    const output: Uint8Array[] = []
    const outcome = await engine.run(id, {
      onOutput: ({ bytes }) => void output.push(bytes),
      outputMaxBytes: OUTPUT_MAX_BYTES,
      timeoutMs: RUN_TIMEOUT_MS,
      signal,
    })
    return { outcome, output: Buffer.concat(output).toString() }
  } finally {
    // An abort must not leave it behind; an engine that is gone takes it along, or a sweep will.
    await engine.remove(id).catch(() => {})
  }
}

/** Whether the engine as a whole is the problem, and not this platform. */
function concernsEngine(problem: AppError): boolean {
  return ['engine_unavailable', 'engine_timeout', 'engine_protocol', 'cancelled', 'internal'].includes(
    problem.code,
  )
}
