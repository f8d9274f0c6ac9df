import { describe, expect, test } from 'vitest'
import { cpuModels, describeMachine, modelOf, readMachine } from './read-machine.ts'

const lines = (...facts: readonly string[]) =>
  ['Process started.', 'Running on linux/any', ...facts.map((fact) => `Machine: ${fact}`), ''].join('\n')
const POWER9 = lines(
  'page-size 4096',
  'hwcap 58000580',
  'hwcap2 8ee00000',
  'uname ppc64le',
  'cpuinfo model name : Intel(R) Xeon(R)',
  'executed-by /usr/bin/qemu-ppc64le-static',
  'emulator qemu-ppc64le version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)',
)
const emulated = (architecture: string, ...facts: readonly string[]) =>
  describeMachine(readMachine(lines(...facts)), architecture, 'emulated')
const native = (architecture: string, ...facts: readonly string[]) =>
  describeMachine(readMachine(lines(...facts)), architecture, 'native')

test('an emulated POWER9 with the version of what emulates it', () =>
  expect(describeMachine(readMachine(POWER9), 'ppc64le', 'emulated')).toEqual({
    pageSizeBytes: 4096,
    cpu: 'POWER9',
    emulator: 'QEMU 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)',
    uname: 'ppc64le',
  }))

describe('a processor', () => {
  test.each([
    ['8e000000', 'POWER8'],
    ['8ee00000', 'POWER9'],
    ['8ee60000', 'POWER10'],
    ['8000000', undefined],
    ['rubbish', undefined],
  ])('of POWER with AT_HWCAP2 %s is %s', (bits, cpu) =>
    expect(modelOf(readMachine(lines(`hwcap2 ${bits}`)), 'ppc64le')?.cpu).toBe(cpu),
  )
  /** Facilities by their numbers, as STFLE sets them. */
  const facilities = (...numbers: readonly number[]) => {
    const nibbles = Array.from({ length: 64 }, () => 0)
    for (const number of numbers) nibbles[number >> 2] = (nibbles[number >> 2] ?? 0) | (8 >> (number & 3))
    return `facilities ${nibbles.map((nibble) => nibble.toString(16)).join('')}`
  }
  test.each([
    [[], undefined],
    [[129], 'z13'],
    [[129, 134, 135], 'z14'],
    [[129, 134, 135, 148], 'z15'],
    [[129, 134, 135, 148, 192], 'z16'],
    // QEMU’s own: of z15, without what z14 has.
    [[129, 148], undefined],
  ] as const)('of IBM Z with the facilities %j is %s', (numbers, cpu) =>
    expect(modelOf(readMachine(lines(facilities(...numbers))), 's390x')?.cpu).toBe(cpu),
  )
  test.each([
    ['ppc64le', ['cpuinfo cpu  : POWER9 (raw), altivec supported'], 'POWER9 (raw), altivec supported'],
    ['amd64', ['cpuinfo model name : AMD EPYC'], 'AMD EPYC'],
    ['s390x', ['cpuinfo processor 0: version = FF,  machine = 8561'], 'z15'],
    ['s390x', ['cpuinfo processor 0: version = FF,  machine = 9999'], 'machine 9999'],
    ['arm64', ['cpuinfo CPU implementer : 0x41', 'cpuinfo CPU part : 0xd0c'], 'implementer 0x41, part 0xd0c'],
    ['arm64', [], undefined],
  ] as const)('that is really there, %s, is what its kernel says', (architecture, facts, cpu) =>
    expect(native(architecture, ...facts).cpu).toBe(cpu),
  )
  test('of the host is not taken for an emulated one', () =>
    expect(emulated('arm64', 'cpuinfo model name : Intel').cpu).toBeUndefined())
  test('is one of the models, oldest first', () =>
    expect(cpuModels('ppc64le').map(({ model }) => model)).toEqual(['power8', 'power9', 'power10']))
})

describe('an emulator', () => {
  test.each([
    [[], 'an emulator, unknown which'],
    [['executed-by /app'], 'an emulator, unknown which'],
    [['executed-by /usr/bin/qemu-aarch64'], 'qemu-aarch64, version unknown'],
    [['executed-by /run/rosetta/rosetta'], 'rosetta, version unknown'],
    [['emulator qemu-aarch64 version 9.2.0'], 'QEMU 9.2.0'],
    [['emulator lies about itself', 'executed-by /x/other'], 'other, version unknown'],
  ] as const)('that tells %j is %s', (facts, text) => expect(emulated('arm64', ...facts).emulator).toBe(text))
  test('is none where it runs natively', () =>
    expect(native('amd64', 'executed-by /app')).not.toHaveProperty('emulator'))
})

test('what is not told is absent, and rubbish is nothing', () => {
  expect(readMachine('')).toEqual({ hwcap2: 0, cpuinfo: [] })
  expect(
    describeMachine(readMachine(lines('page-size many', `uname ${'x'.repeat(999)}`)), 'amd64', 'native'),
  ).toEqual({})
})
