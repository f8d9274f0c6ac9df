import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage, type ImageSpec } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { type DiffQuery, diffQuery, diffResponse } from '#lib/api/diff.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import type { ReadingContext } from './context.ts'
import { diffReferences } from './diff-references.ts'
import { memoryContext } from './testing/memory-context.ts'

const REPOSITORY = 'registry.test/lab/app'
const from = `${REPOSITORY}:1.0`
const platforms = { from, fromPlatform: 'amd64', toPlatform: 'ppc64le' }

function layer(...shapes: readonly TarShape[]) {
  const archive = buildTar(...shapes)
  return layerOf(archive, gzipSync(archive))
}

/** The base of one architecture: its loader, its packages. */
function base(architecture: 'amd64' | 'ppc64le', triplet: string, version: string) {
  const status = `Package: libc6\nVersion: 2.41\nStatus: install ok installed\n\nPackage: app\nVersion: ${version}\nStatus: install ok installed\n`
  return layer(
    { name: `usr/lib/${triplet}/libc.so.6`, content: buildElf(elfShapes[architecture]), mode: 0o755 },
    { name: 'var/lib/dpkg/status', content: status },
    { name: 'etc/ld.so.cache', content: architecture },
  )
}

function image(architecture: string, layers: ImageSpec['layers'] = [], revision = 'a1') {
  return buildImage({
    architecture,
    layers,
    config: { Env: [`GOARCH=${architecture}`], Labels: { 'org.opencontainers.image.revision': revision } },
  })
}

const bases = {
  amd64: base('amd64', 'x86_64-linux-gnu', '1.0'),
  ppc64le: base('ppc64le', 'powerpc64le-linux-gnu', '1.1'),
}
const tops = {
  amd64: layer(
    { name: 'usr/bin/helper', content: buildElf(elfShapes.amd64), mode: 0o755 },
    { name: 'opt/a', content: 'a', mode: 0o644 },
    { name: 'opt/only', content: 'only' },
  ),
  ppc64le: layer(
    { name: 'usr/bin/helper', content: buildElf(elfShapes.amd64), mode: 0o755 },
    { name: 'opt/a', content: 'a', mode: 0o755 },
  ),
}
const first = buildIndex({
  children: [
    image('amd64', [bases.amd64, tops.amd64]),
    image('ppc64le', [bases.ppc64le, tops.ppc64le], 'b2'),
    image('s390x'),
  ],
})
const second = buildIndex({
  children: [image('amd64', [bases.amd64, tops.amd64]), image('ppc64le', [bases.ppc64le]), image('arm64')],
})

function world() {
  const { context, source } = memoryContext()
  source.put(first, '1.0')
  source.put(second, '2.0')
  const layers: ReadingContext['layers'] = {
    read: (request, open) => readLayer(open(new AbortController().signal), request),
  }
  return { context: { ...context, layers }, source }
}

async function diff(query: DiffQuery, { context } = world()) {
  return diffResponse.parse(await diffReferences(context, diffQuery.parse(query)))
}

describe('two platforms of a reference', () => {
  it('what differs, what is expected to, and what to look at first', async () => {
    const answer = await diff(platforms)
    expect(answer).toMatchObject({
      axis: 'platforms',
      complete: true,
      from: { reference: from, platform: 'linux/amd64' },
      to: { reference: from, platform: 'linux/ppc64le' },
      summary: { isAcrossArchitectures: true },
      packages: [{ type: 'dpkg', name: 'app', change: 'changed', from: '1.0', to: '1.1' }],
      packagesSame: 1,
    })
    expect(answer.summary.highlights.map(({ kind, severity }) => `${severity} ${kind}`)).toEqual([
      'error foreign-binary',
      'warning other-revision',
      'warning version-skew',
      'info files-one-side',
      'info files-differ',
    ])
    expect(answer.files?.map(({ path, change, aspects }) => [path, change, ...aspects])).toEqual([
      ['opt/a', 'changed', 'mode'],
      ['opt/only', 'removed'],
    ])
    expect(answer.folded).toEqual({
      'architecture-name': 2,
      generated: 1,
      'native-binary': 1,
      'package-database': 1,
    })
    expect(answer.binaries?.to.foreign).toEqual([
      { path: 'usr/bin/helper', found: 'x86-64, 64-bit, little-endian', isOnPath: true },
    ])
  })

  it('what is folded away is shown when it is asked for, and counted as before', async () => {
    const shown = await diff({ ...platforms, unfold: ['native-binary', 'generated'] })
    const paths = shown.files?.map(({ path, folded }) => `${path} ${folded ?? ''}`.trim())
    expect(paths).toEqual([
      'etc/ld.so.cache generated',
      'opt/a',
      'opt/only',
      'usr/lib/powerpc64le-linux-gnu/libc.so.6 native-binary',
    ])
    expect(shown.folded).toEqual((await diff(platforms)).folded)
    expect((await diff({ ...platforms, unfold: ['all'] })).files).toHaveLength(6)
  })

  it('page by page', async () => {
    const one = await diff({ ...platforms, limit: 1 })
    expect(one).toMatchObject({ filesTotal: 2, nextCursor: '1', files: [{ path: 'opt/a' }] })
    const two = await diff({ ...platforms, limit: 1, ...(one.nextCursor ? { cursor: one.nextCursor } : {}) })
    expect(two.files?.map(({ path }) => path)).toEqual(['opt/only'])
    expect(two).not.toHaveProperty('nextCursor')
  })

  it('the registry’s JSON alone, no layer is asked for', async () => {
    const { context, source } = world()
    for (const { digest } of [...Object.values(bases), ...Object.values(tops)]) source.remove(digest)
    const answer = await diff({ ...platforms, depth: 'registry' }, { context, source })
    expect(answer).not.toHaveProperty('files')
    expect(answer.layers?.map(({ relation }) => relation)).toEqual(['same-command', 'same-command'])
    expect(answer).toMatchObject({ complete: true, summary: { highlights: [{ kind: 'other-revision' }] } })
  })

  it('a layer that cannot be read is told, the rest is there, and nothing is called missing for it', async () => {
    const { context, source } = world()
    source.remove(tops.ppc64le.digest)
    const answer = await diff(platforms, { context, source })
    expect(answer.complete).toBe(false)
    expect(answer.to.layers?.map(({ state, problem }) => problem?.code ?? state)).toEqual([
      'read',
      'blob_unknown',
    ])
    expect(answer.packages).toHaveLength(1)
    expect(answer.files?.some(({ path }) => path === 'opt/only')).toBe(true)
    expect(answer.summary.highlights.map(({ kind }) => kind)).toEqual(['other-revision'])
    expect(answer.summary.text).toContain('Some layers could not be read')
  })
})

describe('one platform of two references', () => {
  it('pairs it with itself, folds no architecture, and is no reason to worry', async () => {
    const answer = await diff({ from, to: `${REPOSITORY}:2.0`, fromPlatform: 'ppc64el' })
    expect(answer).toMatchObject({
      axis: 'references',
      from: { platform: 'linux/ppc64le' },
      to: { reference: `${REPOSITORY}:2.0`, platform: 'linux/ppc64le' },
      layers: [{ relation: 'shared' }, { relation: 'only-from' }],
    })
    expect(answer.files?.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'removed opt',
      'removed opt/a',
      'removed usr/bin',
      'removed usr/bin/helper',
    ])
    expect(answer.summary.highlights.map(({ kind, severity }) => `${severity} ${kind}`)).toEqual([
      'error foreign-binary',
      'info other-revision',
      'info files-one-side',
    ])
  })

  it('the very same image differs in nothing', async () => {
    const answer = await diff({ from, to: `${REPOSITORY}:2.0`, toPlatform: 'linux/amd64' })
    expect(answer.from.digest).toBe(answer.to.digest)
    expect(answer).toMatchObject({
      config: { changes: [] },
      files: [],
      packages: [],
      folded: {},
      summary: { highlights: [] },
    })
  })
})

describe('two whole indexes', () => {
  it('platform by platform', async () => {
    const answer = await diff({ from, to: `${REPOSITORY}:2.0` })
    expect(answer.axis).toBe('indexes')
    expect(answer.coverage?.map(({ platform, change }) => `${platform} ${change}`)).toEqual([
      'linux/amd64 same',
      'linux/arm64 added',
      'linux/ppc64le changed',
      'linux/s390x removed',
    ])
    expect(answer.from).toMatchObject({ digest: first.digest, pinned: `${REPOSITORY}@${first.digest}` })
  })
})

describe('what cannot be compared', () => {
  it.each([
    ['a platform with itself', { fromPlatform: 'ppc64le', toPlatform: 'ppc64el' }, 'request_invalid'],
    ['a platform with the same of the same', { fromPlatform: 'amd64' }, 'request_invalid'],
    ['a reference with itself', {}, 'request_invalid'],
    ['a platform that is not there', { fromPlatform: 'amd64', toPlatform: 'riscv64' }, 'not_found'],
  ] as const)('%s', (_, query, code) => expect(diff({ from, ...query })).rejects.toMatchObject({ code }))
})
