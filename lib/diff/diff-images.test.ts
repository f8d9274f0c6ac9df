import { describe, expect, it } from 'vitest'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildLinkedElf } from '#lib/image/testing/build-linked-elf.ts'
import type { TarShape } from '#lib/image/testing/build-tar.ts'
import { readMembers } from '#lib/image/testing/read-bytes.ts'
import { installedPackages } from '#lib/image/tree/installed-packages.ts'
import { mergeLayers } from '#lib/image/tree/merge-layers.ts'
import { decodeImageConfig } from '#lib/oci/image-config.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import { alignLayers } from './align-layers.ts'
import { withoutArchitecture } from './architecture-names.ts'
import { diffImages } from './diff-images.ts'
import type { DiffSide, FoldCode } from './model.ts'

interface SideShape {
  readonly config?: Record<string, unknown>
  readonly created?: string
  readonly layers?: DiffSide['layers']
}

async function side(platform: string, files: readonly TarShape[], shape: SideShape = {}): Promise<DiffSide> {
  const facts = await readMembers(...files)
  const tree = mergeLayers([facts])
  const text = JSON.stringify({ created: shape.created, config: shape.config ?? {} })
  return {
    platform: parsePlatform(platform),
    config: decodeImageConfig(Buffer.from(text), 'the config'),
    layers: shape.layers ?? [],
    tree,
    packages: installedPackages(tree, [facts]).packages,
  }
}
const file = (name: string, content: string | Uint8Array = '', more: Partial<TarShape> = {}): TarShape => ({
  name,
  content,
  ...more,
})
const dpkg = (...packages: readonly string[]) =>
  file(
    'var/lib/dpkg/status',
    packages.map((each) => `Package: ${each.split(' ')[0]}\nVersion: ${each.split(' ')[1]}\n`).join('\n'),
  )

async function across(from: readonly TarShape[], to: readonly TarShape[], ...shown: readonly FoldCode[]) {
  return diffImages(await side('amd64', from), await side('ppc64le', to), new Set(shown))
}

describe('across architectures, what must differ is folded and counted', () => {
  const amd64 = [
    file('usr/lib/x86_64-linux-gnu/libz.so.1', buildElf(elfShapes.amd64)),
    file('lib64/ld-linux-x86-64.so.2', buildElf(elfShapes.amd64)),
    file('bin/app', buildLinkedElf({ ...elfShapes.amd64, needed: ['libc.so.6', 'ld-linux-x86-64.so.2'] })),
    file('etc/ld.so.cache', 'one'),
    file('var/lib/dpkg/info/libc6:amd64.list', 'x'),
    file('var/lib/dpkg/info/only-here.list', 'x'),
    { name: 'lib/link', type: '2', linkName: 'x86_64-linux-gnu/libz.so.1' },
    { name: 'lib32', type: '2', linkName: 'usr/lib32' },
    dpkg('bash 5.2-1+b2'),
  ]
  const ppc64le = [
    file('usr/lib/powerpc64le-linux-gnu/libz.so.1', buildElf({ ...elfShapes.ppc64le, interpreter: '/x' })),
    file('lib64/ld64.so.2', buildElf(elfShapes.ppc64le)),
    file('bin/app', buildLinkedElf({ ...elfShapes.ppc64le, needed: ['libc.so.6'] })),
    file('etc/ld.so.cache', 'two'),
    file('var/lib/dpkg/info/libc6:ppc64el.list', 'y'),
    { name: 'lib/link', type: '2', linkName: 'powerpc64le-linux-gnu/libz.so.1' },
    dpkg('bash 5.2-1+b1'),
  ]
  it('all of it', async () => {
    const diff = await across(amd64, ppc64le)
    expect(diff).toMatchObject({ files: [], packages: [], config: [] })
    expect(diff.folded.map(({ code }) => code)).toEqual([
      'architecture-names',
      'own-binaries',
      'package-databases',
      'generated-files',
      'binary-rebuilds',
    ])
    expect(diff.summary).toMatchObject({ samePackages: 1 })
  })
  it.each<[FoldCode, string]>([
    ['architecture-names', 'lib64/ld-linux-x86-64.so.2'],
    ['own-binaries', 'bin/app'],
    ['package-databases', 'var/lib/dpkg/status'],
    ['generated-files', 'etc/ld.so.cache'],
  ])('each is a switch: %s', async (code, path) => {
    const diff = await across(amd64, ppc64le, code)
    expect(diff.files.map((each) => each.path)).toContain(path)
    expect(diff.folded.map((each) => each.code)).not.toContain(code)
  })
  it('rebuilds are a switch too', async () =>
    expect((await across(amd64, ppc64le, 'binary-rebuilds')).packages).toEqual([
      { type: 'dpkg', name: 'bash', from: '5.2-1+b2', to: '5.2-1+b1' },
    ]))
})

describe('what should not differ is shown, the gravest first', () => {
  it('a binary of the wrong architecture, and everything else that is wrong', async () => {
    const diff = await across(
      [
        file('usr/bin/helper', buildElf(elfShapes.amd64)),
        file('etc/conf', 'a'),
        file('only', 'x'),
        dpkg('a 1', 'b 1', 'gone 1'),
      ],
      [
        file('usr/bin/helper', buildElf(elfShapes.amd64)),
        file('etc/conf', 'b', { mode: 0o600, uid: 5 }),
        dpkg('a 1', 'b 2'),
      ],
    )
    expect(diff.summary.highlights).toEqual([
      { kind: 'wrong-architecture', count: 1, examples: ['usr/bin/helper'] },
      { kind: 'packages-on-one-side', count: 1, examples: ['gone'] },
      { kind: 'files-on-one-side', count: 1, examples: ['only'] },
      { kind: 'version-skew', count: 1, examples: ['b'] },
    ])
    expect(diff.files.map(({ path, change, aspects }) => [path, change, ...aspects])).toEqual([
      ['etc/conf', 'changed', 'mode', 'owner', 'content'],
      ['only', 'removed'],
    ])
    expect(diff.packages).toEqual([
      { type: 'dpkg', name: 'b', from: '1', to: '2' },
      { type: 'dpkg', name: 'gone', from: '1' },
    ])
    expect(diff.binaries[0]).toMatchObject({
      path: 'usr/bin/helper',
      concerns: ['wrong-architecture'],
      from: { agrees: 'matches' },
      to: { agrees: 'differs' },
    })
  })
  it('an ELF of the wrong architecture is never folded as own', async () => {
    const own = buildElf(elfShapes.amd64)
    const wrong = buildElf({ ...elfShapes.amd64, interpreter: '/lib/x' })
    expect((await across([file('a', own)], [file('a', wrong)])).files).toMatchObject([
      { path: 'a', aspects: ['content'] },
    ])
  })
  it('static here and dynamic there, other libraries, other kinds', async () => {
    const linked = (shape: object, ...needed: readonly string[]) => buildLinkedElf({ ...shape, needed })
    const { binaries } = await across(
      [
        file('kind', '#!/bin/sh\n'),
        file('libraries', linked(elfShapes.amd64, 'libc.so.6')),
        file('linkage', buildElf(elfShapes.amd64)),
      ],
      [
        file('kind', buildElf(elfShapes.ppc64le)),
        file('libraries', linked(elfShapes.ppc64le, 'libc.so.6', 'libatomic.so.1')),
        file('linkage', buildElf({ ...elfShapes.ppc64le, interpreter: '/lib64/ld64.so.2' })),
      ],
    )
    expect(binaries.map(({ path, concerns }) => [path, ...concerns])).toEqual([
      ['kind', 'other-kind'],
      ['libraries', 'other-libraries'],
      ['linkage', 'other-linkage'],
    ])
  })
  it('the config, but for times and the architecture’s own names', async () => {
    const config = (arch: string, rest: object) => ({
      Env: ['PATH=/bin', `LIB=/usr/lib/${arch}`],
      Entrypoint: ['/app'],
      ...rest,
    })
    const revision = 'org.opencontainers.image.revision'
    const from = await side('amd64', [], {
      config: config('x86_64-linux-gnu', { User: 'app', Labels: { [revision]: 'a' } }),
      created: '2026-01-01T00:00:00Z',
    })
    const to = await side('ppc64le', [], {
      config: config('powerpc64le-linux-gnu', { Env: ['PATH=/sbin'], Labels: { [revision]: 'b' } }),
      created: '2026-01-02T00:00:00Z',
    })
    const diff = diffImages(from, to)
    expect(diff.config).toEqual([
      { field: 'env', key: 'LIB', from: '/usr/lib/x86_64-linux-gnu' },
      { field: 'env', key: 'PATH', from: '/bin', to: '/sbin' },
      { field: 'labels', key: revision, from: 'a', to: 'b' },
      { field: 'user', from: 'app' },
    ])
    expect(diff.summary.highlights.map(({ kind, count }) => [kind, count])).toEqual([
      ['config-drift', 3],
      ['revision-differs', 1],
    ])
    expect(diffImages(from, to, new Set(['build-times'])).config).toContainEqual({
      field: 'created',
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
    })
  })
  it('a base layer that two architectures share although it holds programs', async () => {
    const layers = [{ digest: 'sha256:base', sizeBytes: 1 }]
    const files = [file('bin/sh', buildElf(elfShapes.amd64))]
    const kinds = async (platform: string, content: readonly TarShape[]) =>
      diffImages(
        await side('amd64', content, { layers }),
        await side(platform, content, { layers }),
      ).summary.highlights.map(({ kind }) => kind)
    expect(await kinds('ppc64le', files)).toEqual(['wrong-architecture', 'shared-base'])
    expect(await kinds('ppc64le', [file('etc/certificates', 'x')])).toEqual([])
    expect(await kinds('amd64', files)).toEqual([])
  })
})

describe('one architecture', () => {
  it('nothing is folded but times', async () => {
    const elf = (interpreter: string) => file('bin/app', buildElf({ ...elfShapes.amd64, interpreter }))
    const diff = diffImages(await side('amd64', [elf('/a')]), await side('amd64', [elf('/b')]))
    expect(diff.files).toMatchObject([{ path: 'bin/app', aspects: ['content'] }])
    expect(diff.folded).toEqual([])
  })
  it('the same is the same', async () => {
    const same = await side('amd64', [file('a', 'x'), { name: 'b', type: '2', linkName: 'a' }])
    expect(diffImages(same, same).summary).toEqual({
      isSame: true,
      sameFiles: 2,
      samePackages: 0,
      highlights: [],
    })
  })
})

describe('names of architectures', () => {
  it.each([
    ['usr/lib/x86_64-linux-gnu/libz.so.1', 'usr/lib/{triplet}/libz.so.1'],
    ['lib64/ld-linux-x86-64.so.2', '{lib}/{loader}'],
    ['usr/lib/jvm/java-17-openjdk-amd64/lib', 'usr/lib/jvm/java-17-openjdk-{arch}/lib'],
    ['cpython-311-x86_64-linux-gnu.so', 'cpython-311-{triplet}.so'],
    ['usr/share/doc/libamd64helper', 'usr/share/doc/libamd64helper'],
    ['usr/lib/powerpc64le-linux-gnu', 'usr/lib/powerpc64le-linux-gnu'],
  ])('%s is %s', (path, mapped) => expect(withoutArchitecture(parsePlatform('amd64'))(path)).toBe(mapped))
})

describe('layers side by side', () => {
  const layer = (digest: string, createdBy?: string) => ({ digest, sizeBytes: 1, createdBy })
  const plain = { from: (text: string) => text, to: (text: string) => text }
  const align = (from: readonly ReturnType<typeof layer>[], to: readonly ReturnType<typeof layer>[]) =>
    alignLayers(from, to, plain).map(({ relation, from: a = '-', to: b = '-' }) => `${relation} ${a} ${b}`)
  it('shared, changed, and on one side', () =>
    expect(
      align(
        [layer('a', 'FROM'), layer('b', 'RUN one'), layer('c', 'RUN two')],
        [layer('a', 'FROM'), layer('x', 'RUN extra'), layer('y', 'RUN one')],
      ),
    ).toEqual(['shared 0 0', 'to-only - 1', 'changed 1 2', 'from-only 2 -']))
  it('without history, by position', () =>
    expect(align([layer('a'), layer('b')], [layer('a'), layer('c'), layer('d')])).toEqual([
      'shared 0 0',
      'changed 1 1',
      'to-only - 2',
    ]))
  it('none on one side', () => expect(align([], [layer('a', 'x')])).toEqual(['to-only - 0']))
})
