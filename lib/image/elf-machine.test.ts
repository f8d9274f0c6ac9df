import { describe, expect, it } from 'vitest'
import type { Platform } from '#lib/oci/platform.ts'
import { type Elf, readElf } from './elf.ts'
import { describeElf, describeExpectedElf, elfMatchesPlatform } from './elf-machine.ts'
import { buildElf, type ElfShape, elfShapes } from './testing/build-elf.ts'

function elf(shape: ElfShape): Elf {
  const reading = readElf(buildElf(shape))
  if (reading?.kind !== 'elf') throw new Error('not an ELF')
  return reading.elf
}
const linux = (architecture: string, variant?: string): Platform => ({
  os: 'linux',
  architecture,
  ...(variant ? { variant } : {}),
})
const names = Object.keys(elfShapes) as (keyof typeof elfShapes)[]

describe('a binary matches its own platform and no other', () => {
  it.each(names)('%s', (name) => {
    for (const other of names) {
      const kind = elfMatchesPlatform(elf(elfShapes[name]), linux(other)).kind
      expect([other, kind]).toEqual([other, other === name ? 'matches' : 'differs'])
    }
  })
})

it.each([
  ['ppc64 in ppc64le', elfShapes.ppc64, 'ppc64le', ['byte-order']],
  ['x32 in amd64', { machine: 62, bits: 32 }, 'amd64', ['bits']],
  ['31-bit s390 in s390x', { machine: 22, bits: 32, byteOrder: 'big' }, 's390x', ['bits']],
  ['386 in amd64', elfShapes['386'], 'amd64', ['machine', 'bits']],
  ['amd64 in ppc64le', elfShapes.amd64, 'ppc64le', ['machine']],
  ['amd64 in s390x', elfShapes.amd64, 's390x', ['machine', 'byte-order']],
] as const)('%s differs in what it should', (_, shape, architecture, differences) =>
  expect(elfMatchesPlatform(elf(shape), linux(architecture))).toEqual({ kind: 'differs', in: differences }),
)

it.each([
  ['arm/v6', linux('arm', 'v6'), elfShapes.arm],
  ['arm64/v8', linux('arm64', 'v8'), elfShapes.arm64],
  ['aarch64', linux('aarch64'), elfShapes.arm64],
  ['ppc64le/power9', linux('ppc64le', 'power9'), elfShapes.ppc64le],
  ['amd64/v3', linux('amd64', 'v3'), elfShapes.amd64],
])('variants and aliases do not matter: %s', (_, platform, shape) =>
  expect(elfMatchesPlatform(elf(shape), platform)).toEqual({ kind: 'matches' }),
)

it.each([
  ['an architecture without a row', linux('vax')],
  ['another operating system', { os: 'windows', architecture: 'amd64' }],
])('%s is not judged', (_, platform) => {
  expect(elfMatchesPlatform(elf(elfShapes.amd64), platform)).toEqual({ kind: 'unknown' })
  expect(describeExpectedElf(platform)).toBeUndefined()
})

it.each<[ElfShape, string]>([
  [elfShapes.amd64, 'x86-64, 64-bit, little-endian'],
  [elfShapes.ppc64le, 'PowerPC, 64-bit, little-endian, ELFv2'],
  [elfShapes.ppc64, 'PowerPC, 64-bit, big-endian, ELFv1'],
  [{ machine: 21 }, 'PowerPC, 64-bit, little-endian'],
  [elfShapes.s390x, 'S/390, 64-bit, big-endian'],
  [elfShapes.arm, 'ARM, 32-bit, little-endian, hard-float'],
  [{ machine: 62, bits: 32 }, 'x86-64, 32-bit, little-endian, x32'],
  [{ machine: 243, flags: 0 }, 'RISC-V, 64-bit, little-endian, soft-float'],
  [elfShapes.riscv64, 'RISC-V, 64-bit, little-endian'],
  [{ machine: 0x1234 }, 'machine 4660, 64-bit, little-endian'],
])('%o is told as “%s”', (shape, text) => expect(describeElf(elf(shape))).toBe(text))

it('a platform’s binaries are told in the same words', () =>
  expect(describeExpectedElf(linux('ppc64le'))).toBe('PowerPC, 64-bit, little-endian'))
