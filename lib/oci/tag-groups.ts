/** The platform that a `TAG-ARCH` suffix stands for. */
const SUFFIXES: Readonly<Record<string, string>> = {
  amd64: 'linux/amd64',
  x86_64: 'linux/amd64',
  arm64: 'linux/arm64',
  aarch64: 'linux/arm64',
  arm64v8: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  ppc64el: 'linux/ppc64le',
  s390x: 'linux/s390x',
  arm: 'linux/arm/v7',
  armv7: 'linux/arm/v7',
  armhf: 'linux/arm/v7',
  arm32v7: 'linux/arm/v7',
  armv6: 'linux/arm/v6',
  arm32v6: 'linux/arm/v6',
  '386': 'linux/386',
  i386: 'linux/386',
  riscv64: 'linux/riscv64',
  loong64: 'linux/loong64',
}

const ARCH_TAG = new RegExp(`^(.+)[-_](${Object.keys(SUFFIXES).join('|')})$`)
const OS_SUFFIX = /[-_]linux$/
const FALLBACK = /^(?:sha256-[0-9a-f]{64}|sha512-[0-9a-f]{64,128})(?:\.(?:sig|att|sbom))?$/

/**
 * Reads `TAG-ARCH` (`1.2-ppc64le`, `1.2_linux_amd64`) when `TAG` is one of the `known` tags; anything else stands
 * for itself.
 */
export function splitArchTag(
  name: string,
  known: ReadonlySet<string>,
): { readonly base: string; readonly platform: string } | undefined {
  const match = ARCH_TAG.exec(name)
  const stem = match?.[1]
  const platform = SUFFIXES[match?.[2] ?? '']
  if (stem === undefined || platform === undefined) return undefined
  const base = [stem, stem.replace(OS_SUFFIX, '')].find((candidate) => known.has(candidate))
  return base === undefined ? undefined : { base, platform }
}

/** Whether a tag names an architecture (`1.2-ppc64le`, `arm64`): it then holds one on purpose. */
export function namesArchitecture(name: string): boolean {
  return Object.hasOwn(SUFFIXES, name) || ARCH_TAG.test(name)
}

/** Whether a tag only carries referrers: the fallback tag `sha256-…`, or old cosign's `.sig`, `.att`, `.sbom`. */
export function isFallbackTag(name: string): boolean {
  return FALLBACK.test(name)
}
