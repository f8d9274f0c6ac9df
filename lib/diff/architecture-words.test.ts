import { describe, expect, test } from 'vitest'
import { parsePlatform } from '#lib/oci/platform.ts'
import { agreesWithMachine, machineWord, withoutArchitecture } from './architecture-words.ts'

describe('withoutArchitecture', () => {
  test.each([
    ['amd64', 'usr/lib/x86_64-linux-gnu/libc.so.6', 'usr/lib/{arch}-linux-gnu/libc.so.6'],
    ['ppc64le', 'usr/lib/powerpc64le-linux-gnu/libc.so.6', 'usr/lib/{arch}-linux-gnu/libc.so.6'],
    ['ppc64le', 'libc6:ppc64el', 'libc6:{arch}'],
    ['arm64', '_speedups.cpython-312-aarch64-linux-gnu.so', '_speedups.cpython-312-{arch}-linux-gnu.so'],
    ['amd64', 'lib64/ld-linux-x86-64.so.2', 'lib64/{loader}'],
    ['ppc64le', 'lib64/ld64.so.2', 'lib64/{loader}'],
    ['s390x', 'lib/ld64.so.1', 'lib/{loader}'],
    ['s390x', 'GOARCH=s390x', 'GOARCH={arch}'],
    ['arm', 'charm/arm', 'charm/{arch}'],
    ['arm', 'usr/lib/arm-linux-gnueabihf/libc.so.6', 'usr/lib/{arch}-linux-gnu/libc.so.6'],
    ['mips64le', 'usr/lib/mips64el-linux-gnuabi64/libm.so.6', 'usr/lib/{arch}-linux-gnu/libm.so.6'],
    ['loong64', 'lib64/ld-linux-loongarch-lp64d.so.1', 'lib64/{loader}'],
    ['386', 'build 13860 for 386', 'build 13860 for {arch}'],
    ['amd64', 'app_amd64_v1', 'app_{arch}_v1'],
  ])('%s: %s', (architecture, text, expected) => {
    expect(withoutArchitecture(text, architecture)).toBe(expected)
  })

  test('leaves the names of other architectures, and everything where it knows none', () => {
    expect(withoutArchitecture('x86_64 and ppc64le', 's390x')).toBe('x86_64 and ppc64le')
    expect(withoutArchitecture('sparc64', 'sparc64')).toBe('sparc64')
  })
})

describe('what uname -m says', () => {
  test.each([
    ['linux/amd64', 'x86_64', ['x86_64'], ['i686', 'ppc64le', 'X86_64', '']],
    ['linux/amd64/v3', 'x86_64', ['x86_64'], ['aarch64']],
    ['linux/arm64', 'aarch64', ['aarch64'], ['aarch64_be', 'armv8l', 'x86_64']],
    ['linux/ppc64le', 'ppc64le', ['ppc64le'], ['ppc64', 'x86_64', 'powerpc64le']],
    ['linux/ppc64le/power9', 'ppc64le', ['ppc64le'], ['ppc64']],
    ['linux/s390x', 's390x', ['s390x'], ['s390', 'x86_64']],
    ['linux/riscv64', 'riscv64', ['riscv64'], ['riscv32']],
    // A kernel for amd64 or arm64 tells its own name to the older programs that it runs, too.
    ['linux/386', 'i686', ['i386', 'i586', 'i686', 'x86_64'], ['aarch64']],
    ['linux/arm/v7', 'armv7l', ['armv7l', 'armv8l', 'aarch64'], ['armv6l', 'x86_64', 'arm']],
    ['linux/arm/v6', 'armv6l', ['armv6l', 'armv7l', 'armv8l', 'aarch64'], ['armv5tel', 'x86_64']],
  ])('on %s: %s', (text, expected, right, wrong) => {
    const platform = parsePlatform(text)
    expect(machineWord(platform)).toBe(expected)
    expect(right.filter((word) => !agreesWithMachine(word, platform))).toEqual([])
    expect(wrong.filter((word) => agreesWithMachine(word, platform))).toEqual([])
  })
  test('on a platform that nobody knows it of', () => {
    expect(machineWord({ os: 'linux', architecture: 'sparc64' })).toBeUndefined()
  })
})
