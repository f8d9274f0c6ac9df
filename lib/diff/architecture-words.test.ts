import { describe, expect, test } from 'vitest'
import { withoutArchitecture } from './architecture-words.ts'

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
