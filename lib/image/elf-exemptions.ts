import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import type { Elf } from './elf.ts'

/** Why a binary of another machine is no reason to worry. */
export type ExemptReason =
  | 'no-machine'
  | 'also-runs'
  | 'debug-symbols'
  | 'kernel'
  | 'firmware'
  | 'test-data'
  | 'cross-toolchain'
  | 'object-file'
  | 'machine-roms'
  | 'prebuilt-sets'
  | 'java-natives'
  | 'go-toolchain'
  | 'python-sets'

/** eBPF, and files that state no machine. */
const NO_MACHINE = new Set([0, 247])
/** A processor’s own older or smaller instruction sets run on it too: x86 on x86-64, 32-bit ARM on AArch64. */
const ALSO_RUNS: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] }
const MACHINE_OF: Readonly<Record<string, number>> = { '386': 3, arm: 40 }

/** Places where programs of other machines lie for a reason (RULES.md, exemptions of ELF-002). */
const PLACES: readonly (readonly [ExemptReason, RegExp])[] = [
  ['debug-symbols', /^usr\/lib\/debug\//],
  ['kernel', /^((usr\/)?lib\/modules|boot)\/|\.ko$/],
  ['firmware', /^(usr\/)?lib\/firmware\//],
  ['test-data', /(^|\/)testdata\//],
  ['cross-toolchain', /^usr\/([^/]+-linux-(gnu|musl)[^/]*|lib\/gcc-cross)\//],
  ['object-file', /\.(o|a)$/],
  ['machine-roms', /^usr\/(share|lib)\/(qemu|ipxe|u-boot|seabios|openbios|skiboot|slof)\b/],
  ['prebuilt-sets', /(^|\/)prebuilds\/[^/]+-[^/]+\//],
  ['java-natives', /(^|\/)META-INF\/native\//],
  ['go-toolchain', /(^|\/)go[^/]*\/(pkg|bin)\/(tool\/)?linux_[a-z0-9]+\//],
  [
    'python-sets',
    /(^|\/)(site|dist)-packages\/.*(^|[/_-])linux[-_/](amd64|arm64|x86|x64|aarch64|ppc64le|s390x|i[3-6]86|armv[67]l?)\b/,
  ],
]

/** Why a file of another machine concerns nobody on this platform; undefined where it does concern somebody. */
export function exemptionOf(
  path: string,
  elf: Pick<Elf, 'machine'>,
  platform: Platform,
): ExemptReason | undefined {
  if (NO_MACHINE.has(elf.machine)) return 'no-machine'
  const { architecture } = canonicalPlatform(platform)
  if (ALSO_RUNS[architecture]?.some((each) => MACHINE_OF[each] === elf.machine)) return 'also-runs'
  return PLACES.find(([, place]) => place.test(path))?.[0]
}

/** Whether programs of an architecture, in Go’s terms, run on a platform: its own, and those it also runs. */
export function runsOn(architecture: string, platform: Platform): boolean {
  const own = canonicalPlatform(platform).architecture
  return architecture === own || (ALSO_RUNS[own]?.includes(architecture) ?? false)
}

/** Whether a path, from the root, is where programs and libraries are looked for. */
export function isOnPath(path: string): boolean {
  return ON_PATH.test(path)
}

const ON_PATH = /^(usr\/(local\/)?)?(s?bin|lib|lib64|libexec)\/([^/]+|[^/]+-linux-[^/]+\/[^/]+)$/
