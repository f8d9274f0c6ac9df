import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { binariesResponse } from '#lib/api/binaries.ts'
import { filesQuery, filesResponse } from '#lib/api/files.ts'
import { packagesResponse } from '#lib/api/packages.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import type { ReadingContext } from './context.ts'
import { listBinaries } from './list-binaries.ts'
import { listFiles, listKnownFiles } from './list-files.ts'
import { listPackages } from './list-packages.ts'
import { RecentImages } from './recent-images.ts'
import { memoryContext } from './testing/memory-context.ts'

const ref = 'registry.test/lab/app:1.0'

function layer(...shapes: readonly TarShape[]) {
  const archive = buildTar(...shapes)
  return layerOf(archive, gzipSync(archive))
}

/** A context over one image that reads layers here instead of in threads. */
function contextOf(manifest: BuiltManifest) {
  const { context, source } = memoryContext()
  source.put(manifest, '1.0')
  const layers: ReadingContext['layers'] = {
    read: (request, open) => readLayer(open(new AbortController().signal), request),
  }
  return { context: { ...context, layers }, source }
}

const base = layer(
  { name: 'etc/', type: '5' },
  { name: 'etc/passwd', content: 'root', mode: 0o644 },
  { name: 'lib64/ld64.so.2', content: buildElf(elfShapes.ppc64le), mode: 0o755 },
  { name: 'lib', type: '2', linkName: 'lib64' },
  { name: 'var/lib/dpkg/status', content: 'Package: old\nVersion: 1\n' },
)
const top = layer(
  {
    name: 'usr/bin/app',
    content: buildElf({ ...elfShapes.ppc64le, interpreter: '/lib/ld64.so.2' }),
    mode: 0o4755,
  },
  {
    name: 'usr/bin/helper',
    content: buildElf({ ...elfShapes.amd64, interpreter: '/lib/ld-linux.so.2' }),
  },
  { name: 'usr/bin/tool', content: '#!/usr/bin/env bash\n', mode: 0o755 },
  {
    name: 'var/lib/dpkg/status',
    content: 'Package: new\nVersion: 2\nArchitecture: ppc64el\n\nPackage: half\n',
  },
  { name: 'opt/lib/node_modules/x/package.json', content: '{"name":"x","version":"1.0.0"}' },
  { name: 'opt/six-1.dist-info/METADATA', content: 'Name: six\nVersion: 1\n' },
  { name: 'opt/six-1.dist-info/WHEEL', content: 'Tag: py3-none-any\n' },
)
const image = buildImage({ architecture: 'ppc64le', layers: [base, top] })
const index = buildIndex({ children: [buildImage({ architecture: 'amd64', layers: [base] }), image] })
const files = (query: Record<string, unknown>) =>
  listFiles(contextOf(index).context, filesQuery.parse({ ref, platform: 'ppc64le', ...query }))

describe('which image', () => {
  it('of a platform, asking the others for nothing', async () => {
    const { context, source } = contextOf(index)
    const answer = await listFiles(context, filesQuery.parse({ ref, platform: 'ppc64el' }))
    expect(answer).toMatchObject({ platform: 'linux/ppc64le', digest: image.digest, complete: true })
    expect(source.asked).toEqual(['1.0', image.digest])
  })
  it('the only one, without being asked for', async () =>
    expect(await listPackages(contextOf(image).context, { ref })).toMatchObject({
      platform: 'linux/ppc64le',
    }))
  it('several, and none is named', () =>
    expect(listPackages(contextOf(index).context, { ref })).rejects.toMatchObject({
      code: 'request_invalid',
      hint: 'It has linux/amd64, linux/ppc64le.',
    }))
  it('one that is not there', () =>
    expect(listPackages(contextOf(index).context, { ref, platform: 's390x' })).rejects.toMatchObject({
      code: 'not_found',
    }))
  it('a platform that only the config names', async () => {
    const bare = buildIndex({ children: [{ manifest: image, platform: null }] })
    expect(await listPackages(contextOf(bare).context, { ref, platform: 'ppc64le' })).toMatchObject({
      digest: image.digest,
    })
  })
})

describe('files', () => {
  it('in path order, with the layer that brought each', async () => {
    const answer = filesResponse.parse(await files({}))
    expect(answer.entries.map(({ path, layer: at }) => `${path}@${at}`)).toEqual([
      'etc@0',
      'etc/passwd@0',
      'lib@0',
      'lib64@0',
      'lib64/ld64.so.2@0',
      'opt@1',
      'opt/lib@1',
      'opt/lib/node_modules@1',
      'opt/lib/node_modules/x@1',
      'opt/lib/node_modules/x/package.json@1',
      'opt/six-1.dist-info@1',
      'opt/six-1.dist-info/METADATA@1',
      'opt/six-1.dist-info/WHEEL@1',
      'usr@1',
      'usr/bin@1',
      'usr/bin/app@1',
      'usr/bin/helper@1',
      'usr/bin/tool@1',
      'var@1',
      'var/lib@1',
      'var/lib/dpkg@1',
      'var/lib/dpkg/status@1',
    ])
    expect(answer.entries.find(({ path }) => path === 'usr/bin/app')).toMatchObject({
      mode: '4755',
      type: 'file',
    })
  })
  it('page by page', async () => {
    const first = await files({ prefix: '/usr/bin/', limit: '2' })
    expect(first).toMatchObject({ total: 4, nextCursor: 'usr/bin/app' })
    const second = await files({ prefix: 'usr/bin', limit: '2', cursor: first.nextCursor })
    expect(second.entries.map(({ path }) => path)).toEqual(['usr/bin/helper', 'usr/bin/tool'])
    expect(second).not.toHaveProperty('nextCursor')
    expect((await files({ cursor: 'zzz' })).entries).toEqual([])
  })
  it('a level at a time, with what each folder holds', async () => {
    const top = filesResponse.parse(await files({ depth: '1' }))
    expect(top.entries.map(({ path, below }) => [path, below?.paths])).toEqual([
      ['etc', 1],
      ['lib', undefined],
      ['lib64', 1],
      ['opt', 7],
      ['usr', 4],
      ['var', 3],
    ])
    expect(top).toMatchObject({ paths: 22, total: 6 })
    expect(top.entries[0]?.below?.sizeBytes).toBe('root'.length)
    expect((await files({ depth: '2', prefix: 'var' })).entries.map(({ path }) => path)).toEqual([
      'var',
      'var/lib',
      'var/lib/dpkg',
    ])
  })
  it('a level, and the folders that lead to a path', async () => {
    const around = async (path: string) =>
      (await files({ depth: '1', around: path })).entries.map((entry) => entry.path).slice(4)
    expect(await around('/usr/bin/app')).toEqual([
      'usr',
      'usr/bin',
      'usr/bin/app',
      'usr/bin/helper',
      'usr/bin/tool',
      'var',
    ])
    expect(await around('usr/no/such')).toEqual(['usr', 'usr/bin', 'var'])
    expect(await around('../..')).toEqual(['usr', 'var'])
  })
  it('narrowed by text, kind and layer', async () => {
    const paths = async (query: Record<string, unknown>) => {
      const { entries, total } = await files(query)
      return [total, ...entries.map(({ path }) => path)]
    }
    expect(await paths({ q: '/BIN/T' })).toEqual([1, 'usr/bin/tool'])
    expect(await paths({ type: 'setuid' })).toEqual([1, 'usr/bin/app'])
    expect(await paths({ type: 'executable', layer: '0' })).toEqual([1, 'lib64/ld64.so.2'])
    expect(await paths({ type: 'links', limit: '5' })).toEqual([1, 'lib'])
    expect(await paths({ layer: '7' })).toEqual([0])
  })
  it.each([{ depth: '0' }, { type: 'nonsense' }, { layer: '-1' }, { layer: 'x' }])('refuses %j', (query) =>
    expect(filesQuery.safeParse({ ref, ...query }).success).toBe(false),
  )
  it('at hand only where no layer has to be read', async () => {
    const { context } = contextOf(image)
    const query = filesQuery.parse({ ref, depth: '1' })
    expect(await listKnownFiles(context, query)).toBeUndefined()
    const knowing = { ...context, layers: { ...context.layers, knows: () => true } }
    expect(await listKnownFiles(knowing, query)).toMatchObject({ total: 6 })
    const remembering = { ...context, recent: new RecentImages() }
    expect(await listKnownFiles(remembering, query)).toBeUndefined()
    await listFiles(remembering, query)
    expect(await listKnownFiles(remembering, query)).toMatchObject({ total: 6 })
  })
  it('a layer that fails is told, and the rest is shown', async () => {
    const { context, source } = contextOf(index)
    source.remove(base.digest)
    const answer = filesResponse.parse(
      await listFiles(context, filesQuery.parse({ ref, platform: 'ppc64le' })),
    )
    expect(answer.complete).toBe(false)
    expect(answer.layers.map(({ state, problem }) => problem?.code ?? state)).toEqual([
      'blob_unknown',
      'read',
    ])
    expect(answer.entries.some(({ path }) => path === 'usr/bin/app')).toBe(true)
  })
  it('a wrong diffID fails its layer', async () => {
    const lying = buildImage({ layers: [{ ...base, diffId: top.diffId }] })
    const answer = await listFiles(contextOf(lying).context, filesQuery.parse({ ref }))
    expect(answer.layers[0]?.problem?.code).toBe('layer_diff_id_mismatch')
  })
})

describe('packages', () => {
  it('as the topmost layer has the database', async () => {
    const answer = packagesResponse.parse(await listPackages(contextOf(image).context, { ref }))
    expect(answer.packages).toMatchObject([
      { type: 'dpkg', name: 'new', version: '2', architecture: 'ppc64el', layer: 1 },
      { type: 'npm', name: 'x', version: '1.0.0' },
      { type: 'python', name: 'six', version: '1', architecture: 'any' },
    ])
    expect(answer.databases.find(({ type }) => type === 'dpkg')).toMatchObject({
      layer: 1,
      packages: 1,
      problem: { code: 'database_broken' },
    })
  })
})

describe('binaries', () => {
  it('what each is for, and whether its loader is there', async () => {
    const answer = binariesResponse.parse(await listBinaries(contextOf(image).context, { ref }))
    expect(
      answer.binaries.map(({ path, agrees, interpreterPath }) => [path, agrees, interpreterPath]),
    ).toEqual([
      ['lib64/ld64.so.2', 'matches', undefined],
      ['usr/bin/app', 'matches', '/lib/ld64.so.2'],
      ['usr/bin/helper', 'differs', undefined],
      ['usr/bin/tool', undefined, undefined],
    ])
    expect(answer.machines).toEqual([
      { machine: 'PowerPC, 64-bit, little-endian, ELFv2', agrees: 'matches', count: 2 },
      { machine: 'x86-64, 64-bit, little-endian', agrees: 'differs', count: 1 },
    ])
  })
  it('of one kind', async () =>
    expect((await listBinaries(contextOf(image).context, { ref, kind: 'script' })).binaries).toMatchObject([
      { path: 'usr/bin/tool', interpreter: '/usr/bin/env', argument: 'bash' },
    ]))
})
