/** What the world calls an architecture: Go's name, then those of distributions, kernels and download pages. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  amd64: ['amd64', 'x86_64', 'x86-64', 'x64'],
  '386': ['386', 'i386', 'i486', 'i586', 'i686', 'x86'],
  arm64: ['arm64', 'arm64v8', 'aarch64'],
  arm: [
    ...['arm', 'armel', 'armhf', 'armv5', 'armv6', 'armv6hl', 'armv6l', 'armv7', 'armv7hl', 'armv7l'],
    ...['arm32v5', 'arm32v6', 'arm32v7'],
  ],
  ppc64le: ['ppc64le', 'ppc64el', 'powerpc64le'],
  ppc64: ['ppc64', 'powerpc64'],
  s390x: ['s390x'],
  riscv64: ['riscv64'],
  loong64: ['loong64', 'loongarch64'],
  mips64le: ['mips64le', 'mips64el'],
  mipsle: ['mipsle', 'mipsel'],
}

const ARCHITECTURES = new Map(
  Object.entries(NAMES).flatMap(([architecture, names]) => names.map((name) => [name, architecture])),
)
/** The longest first, so that `x86_64` is not read as `x86`. */
const NAME = new RegExp(
  `(?<![a-z0-9])(?:${[...ARCHITECTURES.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-z0-9])`,
  'gi',
)
const TRIPLET = /(\{arch\}-(?:[a-z]+-)?linux-(?:gnu|musl))(?:eabihf|eabi)?/g

/** The architecture that a single word means: `ppc64el` is `ppc64le`. Undefined for any other word. */
export function architectureOf(name: string): string | undefined {
  return ARCHITECTURES.get(name.toLowerCase())
}

/** The architectures that a text names as words of their own: `alpine-minirootfs-3.20-x86_64.tar.gz` names amd64. */
export function namedArchitectures(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(NAME)].flatMap(([name]) => architectureOf(name) ?? []))
}

/**
 * The text with the names of this one architecture replaced by `{arch}`, so that what differs only by naming its own
 * architecture is equal: `/usr/lib/powerpc64le-linux-gnu` is `/usr/lib/{arch}-linux-gnu` on ppc64le.
 */
export function maskArchitecture(text: string, architecture: string): string {
  return text
    .replace(NAME, (name) => (architectureOf(name) === architecture ? '{arch}' : name))
    .replace(TRIPLET, '$1')
}
