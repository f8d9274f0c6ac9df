import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { type DiffQuery, diffQuery } from '#lib/api/diff.ts'
import { filesQuery } from '#lib/api/files.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildTar } from '#lib/image/testing/build-tar.ts'
import type { ReadingContext } from './context.ts'
import { diffReferences } from './diff-references.ts'
import { listFiles } from './list-files.ts'
import { ReadingTally } from './reading-tally.ts'
import { RecentImages } from './recent-images.ts'
import { memoryContext } from './testing/memory-context.ts'

// Guarantee: what was made of an image is made once, and is never another's, nor one that lacks a layer.

const ref = 'registry.test/lab/app:1.0'

function layer(name: string) {
  const archive = buildTar({ name, content: name })
  return layerOf(archive, gzipSync(archive))
}

const base = layer('base')
const amd = layer('amd')
const ppc = layer('ppc')
const index = buildIndex({
  children: [
    buildImage({ architecture: 'amd64', layers: [base, amd] }),
    buildImage({ architecture: 'ppc64le', layers: [base, ppc] }),
  ],
})

let reads: string[]
let context: ReadingContext
let source: ReturnType<typeof memoryContext>['source']
beforeEach(() => {
  const memory = memoryContext()
  source = memory.source
  source.put(index, '1.0')
  reads = []
  context = {
    ...memory.context,
    recent: new RecentImages(),
    layers: {
      read: (request, open) => {
        reads.push(request.digest)
        return readLayer(open(new AbortController().signal), request)
      },
    },
  }
})

const files = (platform: string) => listFiles(context, filesQuery.parse({ ref, platform }))
const diff = (query: Partial<DiffQuery> = {}) =>
  diffReferences(
    context,
    diffQuery.parse({ from: ref, fromPlatform: 'amd64', toPlatform: 'ppc64le', ...query }),
  )

describe('an image', () => {
  it('is merged once', async () => {
    const first = await files('amd64')
    expect(await files('amd64')).toEqual(first)
    expect(reads).toEqual([base.digest, amd.digest])
  })
  it('is not another one', async () => {
    await files('amd64')
    expect((await files('ppc64le')).entries.map(({ path }) => path)).toEqual(['base', 'ppc'])
  })
  it('tells that nothing is left to read', async () => {
    await files('amd64')
    const told: [number, number][] = []
    const tally = new ReadingTally(({ layers, layersDone }) => told.push([layers, layersDone]))
    await listFiles(context, filesQuery.parse({ ref, platform: 'amd64' }), { tally })
    expect(told.at(-1)).toEqual([2, 2])
  })
  it('that lacks a layer is read again', async () => {
    source.remove(amd.digest)
    expect((await files('amd64')).complete).toBe(false)
    source.put(index, '1.0')
    expect((await files('amd64')).complete).toBe(true)
  })
})

describe('a comparison', () => {
  it('is made once, for all its pages', async () => {
    const first = await diff()
    context = {
      ...context,
      recent: Object.assign(new RecentImages(), { comparisons: context.recent?.comparisons }),
    }
    expect(await diff()).toEqual(first)
    expect((await diff({ limit: 1 })).files).toEqual(first.files?.slice(0, 1))
    expect(reads).toHaveLength(4)
  })
  it('is not the one the other way round', async () => {
    const there = await diff()
    const back = await diff({ fromPlatform: 'ppc64le', toPlatform: 'amd64' })
    const changes = ({ files = [] }: typeof there) => files.map(({ change, path }) => `${change} ${path}`)
    expect(changes(there)).toEqual(['removed amd', 'added ppc'])
    expect(changes(back)).toEqual(['added amd', 'removed ppc'])
  })
  it('that lacks a layer is made again', async () => {
    source.remove(ppc.digest)
    expect((await diff()).complete).toBe(false)
    source.put(index, '1.0')
    expect((await diff()).complete).toBe(true)
  })
  it('without layers reads none, and is not taken for one with them', async () => {
    expect(await diff({ depth: 'registry' })).not.toHaveProperty('files')
    expect(reads).toEqual([])
    expect(await diff()).toHaveProperty('files')
  })
})
