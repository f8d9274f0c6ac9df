import { AppError } from '#lib/errors/app-error.ts'

/**
 * Operating system, architecture and variant in Go's terms, as an index or a config states them.
 * https://github.com/opencontainers/image-spec/blob/main/image-index.md#image-index-property-descriptions
 */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
  /** Windows builds only: `10.0.17763.5329`. */
  readonly osVersion?: string
}

/** The platforms that come first, in this order, everywhere; a missing one is drawn as a gap. */
export const PRIMARY_PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'] as const

/** Maps, not objects: foreign text such as `constructor` must find nothing. */
const ARCHITECTURE_ALIASES = new Map<string, { architecture: string; variant?: string }>([
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['aarch64', { architecture: 'arm64' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
  ['i386', { architecture: '386' }],
])

/** What people type and no index should hold; understood in input only. */
const SPOKEN_ALIASES = new Map([
  ['ppc64el', 'ppc64le'],
  ['powerpc64le', 'ppc64le'],
  ['power', 'ppc64le'],
  ['arm64v8', 'arm64'],
  ['arm32v7', 'arm/v7'],
  ['arm32v6', 'arm/v6'],
])

const PART = /^[a-z0-9][a-z0-9._-]{0,63}$/

/**
 * The platform two descriptions are compared by, after containerd's rules: `aarch64` is `arm64`, `arm64/v8` is
 * `arm64`, `amd64/v1` is `amd64`, `arm` is `arm/v7`. A ppc64le variant is kept: no client folds it away.
 */
export function canonicalPlatform(raw: Platform): Platform {
  const os = raw.os === '' ? 'unknown' : raw.os.toLowerCase() === 'macos' ? 'darwin' : raw.os.toLowerCase()
  const alias = ARCHITECTURE_ALIASES.get(raw.architecture.toLowerCase())
  const architecture =
    alias?.architecture ?? (raw.architecture === '' ? 'unknown' : raw.architecture.toLowerCase())
  const variant = canonicalVariant(architecture, (raw.variant || alias?.variant || '').toLowerCase())
  return {
    os,
    architecture,
    ...(variant === '' ? {} : { variant }),
    ...(raw.osVersion ? { osVersion: raw.osVersion } : {}),
  }
}

function canonicalVariant(architecture: string, variant: string): string {
  switch (architecture) {
    case 'arm64':
      if (['8', 'v8', 'v8.0', '8.0'].includes(variant)) return ''
      return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant
    case 'arm':
      if (variant === '') return 'v7'
      return /^[5-8]$/.test(variant) ? `v${variant}` : variant
    case 'amd64':
      return variant === 'v1' ? '' : variant
    default:
      return variant
  }
}

/** Canonical text: `linux/ppc64le`, `linux/arm/v7`. Leaves `osVersion` out; see `platformKey`. */
export function platformText(platform: Platform): string {
  return rawPlatformText(canonicalPlatform(platform))
}

/** The text as stated, nothing normalised: what the index really says. */
export function rawPlatformText(platform: Platform): string {
  const variant = platform.variant ? `/${platform.variant}` : ''
  return `${platform.os || 'unknown'}/${platform.architecture || 'unknown'}${variant}`
}

/** Identity of a platform within an index: the canonical text, with the Windows build in containerd's notation. */
export function platformKey(platform: Platform): string {
  const { os, architecture, variant, osVersion } = canonicalPlatform(platform)
  return `${os}${osVersion ? `(${osVersion})` : ''}/${architecture}${variant ? `/${variant}` : ''}`
}

/** Whether os or architecture is not known (`unknown/unknown`): metadata, never a platform to count. */
export function isUnknownPlatform(platform: Platform): boolean {
  const { os, architecture } = canonicalPlatform(platform)
  return os === 'unknown' || architecture === 'unknown'
}

/**
 * Whether what the index states and what the config states can both be true: same os and architecture; variant and
 * os.version only where both state one (configs of arm images often leave the variant out).
 */
export function platformsAgree(index: Platform, config: Platform): boolean {
  const a = canonicalPlatform(index)
  const b = canonicalPlatform(config)
  const sameVariant = !index.variant || !config.variant || a.variant === b.variant
  const sameVersion = !a.osVersion || !b.osVersion || a.osVersion === b.osVersion
  return a.os === b.os && a.architecture === b.architecture && sameVariant && sameVersion
}

/**
 * Parses what a person writes: `linux/ppc64le`, `ppc64le` (linux is assumed), `linux/arm64/v8`, `ppc64el`.
 * Answers the canonical platform. Throws `platform_invalid`.
 */
export function parsePlatform(text: string): Platform {
  const parts = text.trim().toLowerCase().split('/')
  const whole =
    parts.length === 1
      ? ['linux', ...(SPOKEN_ALIASES.get(parts[0] ?? '') ?? parts[0] ?? '').split('/')]
      : parts
  const [os = '', spoken = '', variant, ...rest] = whole
  const architecture = SPOKEN_ALIASES.get(spoken) ?? spoken
  if (
    rest.length > 0 ||
    ![os, architecture, ...(variant === undefined ? [] : [variant])].every((p) =>
      PART.test(p.split('/')[0] ?? ''),
    )
  ) {
    throw new AppError('platform_invalid', `“${text.slice(0, 100)}” is not a platform.`, {
      hint: 'Write os/architecture[/variant], for example linux/ppc64le or linux/arm/v7.',
    })
  }
  const [name = '', spokenVariant] = architecture.split('/')
  const chosen = variant ?? spokenVariant
  return canonicalPlatform({ os, architecture: name, ...(chosen === undefined ? {} : { variant: chosen }) })
}

/** Orders canonical texts: the primary platforms first, then linux, then the rest by name, unknown last. */
export function comparePlatformTexts(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function rank(text: string): number {
  const primary = (PRIMARY_PLATFORMS as readonly string[]).indexOf(text)
  if (primary >= 0) return primary
  if (text.includes('unknown')) return 100
  return text.startsWith('linux/') ? 10 : 20
}
