import type { Engine } from '#lib/engine/engine.ts'
import type { NamedEngine } from '#lib/engine/open-engines.ts'
import type { PlatformProbe } from '#lib/engine/probe/judge-probe.ts'
import { type EngineFingerprint, type ProbeImage, probeEngine } from '#lib/engine/probe/probe-engine.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { comparePlatformTexts, platformText } from '#lib/oci/platform.ts'
import type { ProbeMemory } from './probe-memory.ts'
import type { EngineSeat } from './run-context.ts'
import { tellMachine } from './tell-machine.ts'

/** What meeting an engine needs. */
export interface MeetOptions {
  /** The sample, read anew for each probe. */
  readonly readProbeImages: (signal?: AbortSignal) => Promise<readonly ProbeImage[]>
  /** The sample where it is not for probing. */
  readonly readSample?: ((signal?: AbortSignal) => Promise<readonly ProbeImage[]>) | undefined
  readonly memory: ProbeMemory
  readonly instance: string
  readonly now: () => Date
  /** Whatever is remembered, everything is tried. */
  readonly anew: boolean
  /** Called once the engine has answered and before anything is run on it. */
  readonly onAnswer: () => Promise<void>
}

/** Asking, loading and running the sample for four platforms takes a second or two; a page waits no longer than this. */
const MEET_MAX_MS = 40_000
/** What could be run is tried again after this: emulators do not outlast a restart of every machine. */
const REMEMBERED_MS = 24 * 3_600_000
/** Raised when a probe finds out more: what is remembered from before is then found out anew. */
const PROBE_VERSION = 2

/**
 * Asks an engine about itself, and finds out what it can run as far as that is not remembered. Throws what the engine
 * throws, `engine_timeout` after 40 s in all.
 */
export async function meetEngine(named: NamedEngine, options: MeetOptions): Promise<EngineSeat> {
  const { engine, name } = named
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(tooSlow(engine)), MEET_MAX_MS)
  try {
    const info = await engine.info({ signal: limit.signal })
    await options.onAnswer()
    const { kernel, architecture } = info
    const key = keyOf(engine, { kernel, architecture, engine: `${info.kind} ${info.version}` })
    const { platforms, probedAt } = await findOut(engine, key, options, limit.signal)
    return {
      name,
      engine,
      info,
      allowed: named.platforms,
      platforms: platforms.map((probe) => withinAllowed(probe, named)),
      probedAt,
      tellMachine: (platform, env, signal) =>
        tellMachine(engine, platform, {
          instance: options.instance,
          now: options.now,
          readProbeImages: options.readSample ?? options.readProbeImages,
          env,
          signal,
        }),
    }
  } finally {
    clearTimeout(timer)
  }
}

async function findOut(
  engine: Engine,
  key: string,
  { readProbeImages, memory, instance, now, anew }: MeetOptions,
  signal: AbortSignal,
): Promise<Pick<EngineSeat, 'platforms' | 'probedAt'>> {
  const kept = anew ? undefined : await memory.get(key)
  const isFresh = kept !== undefined && now().getTime() - kept.probedAt.getTime() < REMEMBERED_MS
  const remembered = isFresh ? kept.platforms.filter(({ mode }) => mode !== 'cannot') : []
  const images = await readProbeImages(signal)
  if (images.length === 0) return { platforms: [], probedAt: undefined }
  const unknown = images.filter(
    ({ platform }) => !remembered.some((each) => each.platform === platformText(platform)),
  )
  if (unknown.length === 0 && kept) return kept
  const { platforms: probed } = await probeEngine(engine, unknown, { instance, now, signal })
  const platforms = [...remembered, ...probed].toSorted((a, b) =>
    comparePlatformTexts(a.platform, b.platform),
  )
  const probedAt = remembered.length > 0 && kept ? kept.probedAt : now()
  // What could not be run is tried again: that may change any moment.
  const able = platforms.filter(({ mode }) => mode !== 'cannot')
  await memory.put(key, able, probedAt)
  return { platforms, probedAt }
}

function withinAllowed(probe: PlatformProbe, { name, platforms }: NamedEngine): PlatformProbe {
  if (probe.mode === 'cannot' || platforms === undefined || platforms.includes(probe.platform)) return probe
  return { platform: probe.platform, mode: 'cannot', reason: notGiven(name), withheld: true }
}

/** Why an engine that could run a platform is not given it. */
export function notGiven(name: string): string {
  return `archway.yaml does not give this platform to ${name}.`
}

function tooSlow({ address }: Engine): AppError {
  return new AppError('engine_timeout', `The engine at ${address} was not done with the sample in time.`, {
    hint: `It has ${MEET_MAX_MS / 1_000} s. See whether its machine is busy, and probe it again.`,
  })
}

function keyOf({ address }: Engine, fingerprint: EngineFingerprint): string {
  const { engine, architecture, kernel } = fingerprint
  return JSON.stringify([address, engine, architecture, kernel, PROBE_VERSION])
}
