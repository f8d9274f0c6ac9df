import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'

/**
 * How paths name an architecture, the longest first where one holds another. A loader and a triplet are mapped onto
 * those of the other side; all other names onto one word.
 */
const NAMES: Readonly<Record<string, ArchitectureNames>> = {
  amd64: {
    triplets: ['x86_64-linux-gnu', 'x86_64-linux-musl', 'x86_64-redhat-linux'],
    loaders: ['ld-linux-x86-64.so.2', 'ld-musl-x86_64.so.1'],
    words: ['x86_64', 'x86-64', 'amd64', 'x64'],
  },
  '386': {
    triplets: ['i386-linux-gnu', 'i686-linux-gnu', 'i386-linux-musl', 'i686-redhat-linux'],
    loaders: ['ld-linux.so.2', 'ld-musl-i386.so.1'],
    words: ['i386', 'i686'],
  },
  arm64: {
    triplets: ['aarch64-linux-gnu', 'aarch64-linux-musl', 'aarch64-redhat-linux'],
    loaders: ['ld-linux-aarch64.so.1', 'ld-musl-aarch64.so.1'],
    words: ['aarch64', 'arm64'],
  },
  arm: {
    triplets: ['arm-linux-gnueabihf', 'arm-linux-gnueabi', 'arm-linux-musleabihf'],
    loaders: ['ld-linux-armhf.so.3', 'ld-musl-armhf.so.1'],
    words: ['armhf', 'armv7l', 'armv7', 'armel', 'arm'],
  },
  ppc64le: {
    triplets: ['powerpc64le-linux-gnu', 'powerpc64le-linux-musl', 'ppc64le-redhat-linux'],
    loaders: ['ld64.so.2', 'ld-musl-powerpc64le.so.1'],
    words: ['powerpc64le', 'ppc64le', 'ppc64el'],
  },
  s390x: {
    triplets: ['s390x-linux-gnu', 's390x-linux-musl', 's390x-redhat-linux'],
    loaders: ['ld64.so.1', 'ld-musl-s390x.so.1'],
    words: ['s390x'],
  },
  riscv64: {
    triplets: ['riscv64-linux-gnu', 'riscv64-linux-musl', 'riscv64-redhat-linux'],
    loaders: ['ld-linux-riscv64-lp64d.so.1', 'ld-musl-riscv64.so.1'],
    words: ['riscv64'],
  },
  loong64: {
    triplets: ['loongarch64-linux-gnu', 'loongarch64-linux-musl'],
    loaders: ['ld-linux-loongarch-lp64d.so.1', 'ld-musl-loongarch64.so.1'],
    words: ['loongarch64', 'loong64'],
  },
}

interface ArchitectureNames {
  readonly triplets: readonly string[]
  readonly loaders: readonly string[]
  readonly words: readonly string[]
}

/** A loader lies in a folder of its own on some architectures: `/lib64` here, `/lib` there. */
const LOADER_FOLDER = /^(?:usr\/)?lib(?:64)?\/(?=\{loader\}$)/

/**
 * A function that takes an architecture's names out of a path or a text: `usr/lib/x86_64-linux-gnu/libz.so.1` and
 * `usr/lib/powerpc64le-linux-gnu/libz.so.1` become the same. Of an architecture without a row nothing is taken.
 */
export function withoutArchitecture(platform: Platform): (text: string) => string {
  const names = NAMES[canonicalPlatform(platform).architecture]
  if (!names) return (text) => text
  const quick = new RegExp([...names.loaders, ...names.words].map(escaped).join('|'))
  const rules = [
    [names.loaders, '{loader}'],
    [names.triplets, '{triplet}'],
    [names.words, '{arch}'],
  ] as const
  const patterns = rules.map(
    ([list, word]) =>
      [new RegExp(`(?<![A-Za-z0-9])(?:${list.map(escaped).join('|')})(?![A-Za-z0-9])`, 'g'), word] as const,
  )
  return (text) => {
    if (!quick.test(text)) return text
    const mapped = patterns.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text)
    return mapped.replace(LOADER_FOLDER, '{lib}/')
  }
}

function escaped(text: string): string {
  return text.replace(/[.]/g, '\\.')
}
