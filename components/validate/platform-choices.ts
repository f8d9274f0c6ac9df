import type { EngineDto, EnginesResponse } from '#lib/api/engines.ts'
import { ENGINE_NAMES } from '#lib/report/engine-names.ts'
import type { ValidatedPlatform } from './validated-platforms.ts'

/** What the engines here do with a platform. `untried`: no probe has shown it; the run will. */
export type PlatformOffer =
  | { readonly kind: 'native' | 'emulated'; readonly engine: string }
  | { readonly kind: 'cannot'; readonly reason: string }
  | { readonly kind: 'untried' | 'asking' }

/** A platform of an image that can be chosen. */
export interface PlatformChoice {
  readonly platform: string
  readonly entry: ValidatedPlatform
  readonly offer: PlatformOffer
}

/**
 * Platforms with what the engines do with them: natively if any can, else the first that emulates. Without `engines`
 * nobody has answered yet.
 */
export function platformChoices(
  platforms: readonly ValidatedPlatform[],
  engines: EnginesResponse | undefined,
): readonly PlatformChoice[] {
  return platforms.map((entry) => ({
    platform: entry.platform,
    entry,
    offer: offerOf(entry.platform, entry.os, engines),
  }))
}

function offerOf(platform: string, os: string, engines: EnginesResponse | undefined): PlatformOffer {
  if (!engines) return { kind: 'asking' }
  const ready = engines.engines.filter(({ state }) => state === 'ready')
  if (ready.length === 0 && engines.engines.some(({ probing }) => probing)) return { kind: 'asking' }
  if (ready.length === 0) return { kind: 'cannot', reason: 'There is no engine.' }
  const offers = ready.map((engine) => offerOfEngine(platform, os, engine))
  return (
    offers.find(({ kind }) => kind === 'native') ??
    offers.find(({ kind }) => kind === 'emulated') ??
    offers.find(({ kind }) => kind === 'untried') ??
    offers[0] ?? { kind: 'cannot', reason: 'Nothing here can run it.' }
  )
}

function offerOfEngine(platform: string, os: string, engine: EngineDto): PlatformOffer {
  const probed = engine.platforms.find((each) => each.platform === platform)
  if (probed?.mode === 'cannot')
    return { kind: 'cannot', reason: probed.reason ?? `${engineLabel(engine)} cannot run it.` }
  if (probed) return { kind: probed.mode, engine: engineLabel(engine) }
  const runs = engine.info?.os ?? 'linux'
  return runs === os
    ? { kind: 'untried' }
    : { kind: 'cannot', reason: `Engines here run ${runs} images only.` }
}

/** `Docker 20.10.24 on build-1` */
function engineLabel({ name, info }: EngineDto): string {
  return info ? `${ENGINE_NAMES[info.kind]} ${info.version} on ${info.host}` : name
}

/** What is chosen before anybody chooses: everything that something here can run. */
export function defaultPlatforms(choices: readonly PlatformChoice[]): readonly string[] {
  return choices.filter(({ offer }) => offer.kind !== 'cannot').map(({ platform }) => platform)
}
