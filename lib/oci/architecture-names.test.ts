import { describe, expect, it } from 'vitest'
import { architectureOf, maskArchitecture, namedArchitectures } from './architecture-names.ts'

describe('names of architectures', () => {
  it.each([
    ['x86_64', 'amd64'],
    ['AARCH64', 'arm64'],
    ['ppc64el', 'ppc64le'],
    ['armhf', 'arm'],
    ['all', undefined],
    ['constructor', undefined],
  ])('%s is %s', (name, architecture) => expect(architectureOf(name)).toBe(architecture))

  it.each([
    ['ADD alpine-minirootfs-3.20.0-x86_64.tar.gz / # buildkit', ['amd64']],
    ["# debian.sh --arch 'ppc64el' out/ 'bookworm'", ['ppc64le']],
    ['COPY research /usr/share', []],
    ['linux_arm64 and linux-arm', ['arm64', 'arm']],
    ['charm alarm64', []],
  ])('“%s” names %o', (text, architectures) => expect([...namedArchitectures(text)]).toEqual(architectures))

  it.each([
    ['/usr/lib/x86_64-linux-gnu', 'amd64', '/usr/lib/{arch}-linux-gnu'],
    ['/usr/lib/arm-linux-gnueabihf', 'arm', '/usr/lib/{arch}-linux-gnu'],
    ['/usr/lib/jvm/java-17-openjdk-ppc64el', 'ppc64le', '/usr/lib/jvm/java-17-openjdk-{arch}'],
    ['/usr/lib/x86_64-linux-gnu', 'ppc64le', '/usr/lib/x86_64-linux-gnu'],
    ['/opt/x86_64/lib', '386', '/opt/x86_64/lib'],
  ])('%s on %s is %s', (text, architecture, masked) =>
    expect(maskArchitecture(text, architecture)).toBe(masked),
  )
})
