import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import type { Elf } from './elf.ts'

/** What the entrypoint of a platform must be. */
interface ExpectedElf {
  readonly machine: number
  readonly bits: 32 | 64
  readonly byteOrder: 'little' | 'big'
}

const MACHINE_NAMES: Readonly<Record<number, string>> = {
  2: 'SPARC',
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC',
  22: 'S/390',
  40: 'ARM',
  43: 'SPARC',
  62: 'x86-64',
  183: 'AArch64',
  243: 'RISC-V',
  247: 'eBPF',
  258: 'LoongArch',
  36902: 'Alpha',
}

/** By architecture in Go's terms; the same for all variants, which only flags and instructions tell. */
const EXPECTED: Readonly<Record<string, ExpectedElf>> = {
  amd64: { machine: 62, bits: 64, byteOrder: 'little' },
  '386': { machine: 3, bits: 32, byteOrder: 'little' },
  arm64: { machine: 183, bits: 64, byteOrder: 'little' },
  arm64be: { machine: 183, bits: 64, byteOrder: 'big' },
  arm: { machine: 40, bits: 32, byteOrder: 'little' },
  armbe: { machine: 40, bits: 32, byteOrder: 'big' },
  ppc64le: { machine: 21, bits: 64, byteOrder: 'little' },
  ppc64: { machine: 21, bits: 64, byteOrder: 'big' },
  ppc: { machine: 20, bits: 32, byteOrder: 'big' },
  s390x: { machine: 22, bits: 64, byteOrder: 'big' },
  s390: { machine: 22, bits: 32, byteOrder: 'big' },
  riscv64: { machine: 243, bits: 64, byteOrder: 'little' },
  riscv: { machine: 243, bits: 32, byteOrder: 'little' },
  loong64: { machine: 258, bits: 64, byteOrder: 'little' },
  mips64le: { machine: 8, bits: 64, byteOrder: 'little' },
  mips64: { machine: 8, bits: 64, byteOrder: 'big' },
  mipsle: { machine: 8, bits: 32, byteOrder: 'little' },
  mips: { machine: 8, bits: 32, byteOrder: 'big' },
  sparc: { machine: 2, bits: 32, byteOrder: 'big' },
  sparc64: { machine: 43, bits: 64, byteOrder: 'big' },
}

/** Whether a binary is one for a platform. `unknown`: no table row for the platform, nothing to compare with. */
export type ElfMatch =
  | { readonly kind: 'matches' }
  | { readonly kind: 'differs'; readonly in: readonly ('machine' | 'bits' | 'byte-order')[] }
  | { readonly kind: 'unknown' }

/**
 * Compares class, byte order and machine with what the platform's programs have. Machine alone is not enough: ppc64
 * and ppc64le share one, and x32 has x86-64's. ABI flags are not compared, see `elfAbi`.
 */
export function elfMatchesPlatform(elf: Elf, platform: Platform): ElfMatch {
  const expected = expectedElf(platform)
  if (expected === undefined) return { kind: 'unknown' }
  const differences = [
    ...(elf.machine === expected.machine ? [] : (['machine'] as const)),
    ...(elf.bits === expected.bits ? [] : (['bits'] as const)),
    ...(elf.byteOrder === expected.byteOrder ? [] : (['byte-order'] as const)),
  ]
  return differences.length === 0 ? { kind: 'matches' } : { kind: 'differs', in: differences }
}

/** The calling convention that `e_flags` or the class tells, where one matters: `ELFv2`, `hard-float`, `x32`. */
export function elfAbi(elf: Elf): string | undefined {
  switch (elf.machine) {
    case 21:
      return ['', 'ELFv1', 'ELFv2', ''][elf.flags & 3] || undefined
    case 40:
      return elf.flags & 0x400 ? 'hard-float' : elf.flags & 0x200 ? 'soft-float' : undefined
    case 62:
      return elf.bits === 32 ? 'x32' : undefined
    case 243:
      return ['soft-float', 'single-float', undefined, 'quad-float'][(elf.flags & 6) >> 1]
    case 8:
      return elf.flags & 0x20 ? 'n32' : undefined
    default:
      return undefined
  }
}

/** One line for people: `x86-64, 64-bit, little-endian`; `PowerPC, 64-bit, little-endian, ELFv2`. */
export function describeElf(elf: Elf): string {
  const name = MACHINE_NAMES[elf.machine] ?? `machine ${elf.machine}`
  const abi = elfAbi(elf)
  return `${name}, ${elf.bits}-bit, ${elf.byteOrder}-endian${abi ? `, ${abi}` : ''}`
}

/** What a platform's programs are, in the words of `describeElf`; undefined where Archway has no row for it. */
export function describeExpectedElf(platform: Platform): string | undefined {
  const expected = expectedElf(platform)
  if (expected === undefined) return undefined
  return `${MACHINE_NAMES[expected.machine]}, ${expected.bits}-bit, ${expected.byteOrder}-endian`
}

function expectedElf(platform: Platform): ExpectedElf | undefined {
  const { os, architecture } = canonicalPlatform(platform)
  return os === 'linux' ? EXPECTED[architecture] : undefined
}
