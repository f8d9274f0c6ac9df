import type { Platform } from '#lib/oci/platform.ts'

/**
 * How software spells each architecture: Go, `uname -m`, Debian, GNU triplets, vendors. Longest first within a row.
 * https://wiki.debian.org/Multiarch/Tuples, https://go.dev/doc/install/source#environment
 */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  amd64: ['x86_64', 'x86-64', 'amd64', 'x64'],
  arm64: ['aarch64_be', 'arm64v8', 'aarch64', 'arm64'],
  ppc64le: ['powerpc64le', 'ppc64le', 'ppc64el'],
  ppc64: ['powerpc64', 'ppc64'],
  s390x: ['s390x'],
  riscv64: ['riscv64gc', 'riscv64'],
  loong64: ['loongarch64', 'loong64'],
  mips64le: ['mips64el', 'mips64le'],
  386: ['i386', 'i486', 'i586', 'i686', '386'],
  arm: [
    'arm32v7',
    'arm32v6',
    'arm32v5',
    'armv7hl',
    'armv7l',
    'armv6l',
    'armv7',
    'armv6',
    'armhf',
    'armel',
    'arm',
  ],
}

/** The program loader of each architecture, glibc's, where its name is not made of one of the words. */
const LOADERS: Readonly<Record<string, string>> = {
  ppc64le: 'ld64.so.2',
  ppc64: 'ld64.so.1',
  s390x: 'ld64.so.1',
  mips64le: 'ld.so.1',
  loong64: 'ld-linux-loongarch-lp64d.so.1',
  386: 'ld-linux.so.2',
  arm: 'ld-linux-armhf.so.3',
  amd64: 'ld-linux-x86-64.so.2',
  arm64: 'ld-linux-aarch64.so.1',
  riscv64: 'ld-linux-riscv64-lp64d.so.1',
}

/** What `uname -m` answers where a program of the architecture runs, by the kernel or by an emulator. */
const MACHINE_WORDS: Readonly<Record<string, string>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loongarch64',
  mips64le: 'mips64',
  386: 'i686',
  arm: 'armv7l',
}

/** What `uname -m` ought to answer on a platform; undefined where that is not known. */
export function machineWord({ architecture, variant }: Platform): string | undefined {
  return architecture === 'arm' && variant ? `arm${variant}l` : MACHINE_WORDS[architecture]
}

/**
 * Whether an answer of `uname -m` fits a platform. A kernel tells its own architecture: 386 programs are told x86_64 by a
 * kernel for amd64, arm ones aarch64 or armv8l by one for arm64, and a newer arm runs what is made for an older.
 */
export function agreesWithMachine(word: string, platform: Platform): boolean {
  if (platform.architecture === '386') return /^i[3-6]86$|^x86_64$/.test(word)
  if (platform.architecture !== 'arm') return word === machineWord(platform)
  const version = /^armv(\d)/.exec(word)?.[1]
  return word === 'aarch64' || Number(version) >= Number(platform.variant?.slice(1, 2) ?? 0)
}

/** Stands in for an architecture's name. */
const PLACEHOLDER = '{arch}'
const LOADER_PLACEHOLDER = '{loader}'

/** What triplets of some architectures end in, where others say nothing: `arm-linux-gnueabihf`. */
const TRIPLET_ENDS: ReadonlySet<string> = new Set(['arm', 'mips64le'])
const TRIPLET_END = /(\{arch\}-(?:[a-z]+-)?linux-(?:gnu|musl))(?:eabihf|eabi|abi64)/g

const PATTERNS = new Map<string, RegExp | undefined>()

/** Takes one architecture's names out of a text, so that what means the same on two of them reads the same. */
export function withoutArchitecture(text: string, architecture: string): string {
  const pattern = patternOf(architecture)
  if (pattern === undefined) return text
  const named = text.replace(pattern, (word) =>
    word === LOADERS[architecture] ? LOADER_PLACEHOLDER : PLACEHOLDER,
  )
  return TRIPLET_ENDS.has(architecture) ? named.replace(TRIPLET_END, '$1') : named
}

function patternOf(architecture: string): RegExp | undefined {
  if (!PATTERNS.has(architecture)) PATTERNS.set(architecture, makePattern(architecture))
  return PATTERNS.get(architecture)
}

/** Whole words alone: `arm` is not in `charm`, `386` not in `13860`. */
function makePattern(architecture: string): RegExp | undefined {
  const loader = LOADERS[architecture]
  const words = [...(loader ? [loader] : []), ...(WORDS[architecture] ?? [])]
  if (words.length === 0) return undefined
  const escaped = words.map((word) => word.replaceAll('.', '\\.'))
  return new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join('|')})(?![A-Za-z0-9])`, 'g')
}
