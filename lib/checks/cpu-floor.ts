import type { OsRelease } from '#lib/image/layer/os-release.ts'
import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'

/** The oldest processor that something runs on. */
export interface Floor {
  /** `x86-64-v3`, `POWER9`. */
  readonly needs: string
  /** As the platform's variant counts: 3 of v3, 9 of power9, 8.02 of v8.2. */
  readonly level: number
  /** Many machines in use are older. */
  readonly isRare: boolean
}

/** What GNU_PROPERTY_X86_ISA_1_NEEDED asks for; every x86-64 has level 1. */
export function x86Floor(level: number | undefined): Floor | undefined {
  return level === undefined || level < 2
    ? undefined
    : { needs: `x86-64-v${level}`, level, isRare: level > 2 }
}

/** What Go was told to compile for. https://go.dev/wiki/MinimumRequirements#microarchitecture-support */
export function goFloor(settings: Readonly<Record<string, string>>, platform: Platform): Floor | undefined {
  switch (canonicalPlatform(platform).architecture) {
    case 'amd64':
      return x86Floor(numberIn(settings.GOAMD64))
    case 'ppc64le': {
      const level = numberIn(settings.GOPPC64)
      return level > 8 ? power(level) : undefined
    }
    case 'arm64': {
      const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(settings.GOARM64 ?? '') ?? []
      const level = Number(major) + Number(minor) / 100
      return level > 8 ? { needs: `ARMv${major}.${minor}`, level, isRare: level > 8.02 } : undefined
    }
    case 'arm': {
      const level = numberIn(settings.GOARM)
      return level > 5 && canonicalPlatform(platform).variant !== undefined
        ? { needs: `ARMv${level}`, level, isRare: true }
        : undefined
    }
    default:
      return undefined
  }
}

/**
 * What distributions compile for. Enterprise Linux 9: POWER9, z14, x86-64-v2; 10: POWER9, x86-64-v3; Ubuntu since 22.04:
 * POWER9 (Debian and Fedora stay at POWER8).
 */
export function distributionFloor(
  { id = '', idLike = [], version = '' }: OsRelease,
  platform: Platform,
): Floor | undefined {
  const { architecture } = canonicalPlatform(platform)
  const major = Math.floor(Number.parseFloat(version))
  const isEnterprise = id === 'rhel' || (idLike.includes('rhel') && id !== 'fedora')
  if (isEnterprise && major >= 9) {
    if (architecture === 'ppc64le') return power(9)
    if (architecture === 's390x' && major === 9) return { needs: 'z14', level: 14, isRare: false }
    if (architecture === 'amd64') return x86Floor(major === 9 ? 2 : 3)
  }
  if (id === 'ubuntu' && Number.parseFloat(version) >= 22.04 && architecture === 'ppc64le') return power(9)
  return undefined
}

function power(level: number): Floor {
  return { needs: `POWER${level}`, level, isRare: level > 9 }
}

function numberIn(text = ''): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0)
}
