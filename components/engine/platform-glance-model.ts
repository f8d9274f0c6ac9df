import type { EngineDto } from '#lib/api/engines.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'

/** What can run a platform here. `unknown`: an engine that may is being asked, and none that answered can. */
export interface PlatformGlance {
  readonly platform: string
  readonly kind: 'native' | 'emulated' | 'none' | 'unknown'
  /** Names of the engines that run it this way, best first. */
  readonly engines: readonly string[]
  /** Names of the engines that could, and that archway.yaml does not let. */
  readonly withheldFrom: readonly string[]
}

/** The primary platforms in their fixed order, then whatever else an engine was tried for. */
export function glanceAtPlatforms(engines: readonly EngineDto[]): readonly PlatformGlance[] {
  const tried = engines.flatMap((engine) => engine.platforms.map(({ platform }) => platform))
  return [...new Set<string>([...PRIMARY_PLATFORMS, ...tried])]
    .toSorted(comparePlatformTexts)
    .map((platform) => glanceAt(platform, engines))
}

function glanceAt(platform: string, engines: readonly EngineDto[]): PlatformGlance {
  const offers = engines.flatMap(({ name, platforms }) =>
    platforms.filter((each) => each.platform === platform).map((each) => ({ name, ...each })),
  )
  for (const kind of ['native', 'emulated'] as const) {
    const able = offers.filter(({ mode }) => mode === kind).map(({ name }) => name)
    if (able.length > 0) return { platform, kind, engines: able, withheldFrom: [] }
  }
  // An engine that is asked again has what it said before.
  if (engines.some(({ probing, state }) => probing && state === 'unavailable'))
    return { platform, kind: 'unknown', engines: [], withheldFrom: [] }
  const withheldFrom = offers.filter(({ withheld }) => withheld).map(({ name }) => name)
  return { platform, kind: 'none', engines: [], withheldFrom }
}

/** What a probe has shown, for whoever cannot see the list change. */
export function probeSummary({ name, state, problem, platforms }: EngineDto): string {
  if (state === 'unavailable') return `${name} is unavailable. ${problem?.detail ?? ''}`.trim()
  const able = platforms.filter(({ mode }) => mode !== 'cannot').length
  return `${name} was probed: it runs ${able} of ${platforms.length} platforms`
}
