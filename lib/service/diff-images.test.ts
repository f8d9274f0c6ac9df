import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { diffQuery, diffResponse } from '#lib/api/diff.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { diffImages } from './diff-images.ts'
import { memoryContext } from './testing/memory-context.ts'

const ref = 'registry.test/lab/app:1.0'

function image(architecture: string, ...shapes: readonly TarShape[]) {
  const archive = buildTar(...shapes)
  return buildImage({ architecture, layers: [layerOf(archive, gzipSync(archive))] })
}
const amd64 = image(
  'amd64',
  { name: 'app', content: buildElf(elfShapes.amd64) },
  { name: 'more', mode: 0o4755 },
)
const ppc64le = image('ppc64le', { name: 'app', content: buildElf(elfShapes.amd64) })

function diff(
  query: Record<string, string>,
  arrange: (source: ReturnType<typeof memoryContext>['source']) => void = () => {},
) {
  const { context, source } = memoryContext()
  source.put(buildIndex({ children: [amd64, ppc64le] }), '1.0')
  source.put(ppc64le, '0.9')
  arrange(source)
  const layers = {
    read: (
      request: Parameters<typeof readLayer>[1],
      open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
    ) => readLayer(open(new AbortController().signal), request),
  }
  return diffImages({ ...context, layers }, diffQuery.parse({ from: ref, ...query }))
}

describe('a comparison', () => {
  it('of two platforms of one reference, as it goes over the wire', async () => {
    const answer = diffResponse.parse(await diff({ fromPlatform: 'amd64', toPlatform: 'ppc64le' }))
    expect(answer).toMatchObject({
      from: { platform: 'linux/amd64', digest: amd64.digest },
      to: { platform: 'linux/ppc64le', digest: ppc64le.digest },
      complete: true,
      summary: { isSame: false, files: { added: 0, removed: 1, changed: 0 } },
      files: [{ path: 'more', change: 'removed', from: { mode: '4755' } }],
      binaries: [{ path: 'app', concerns: ['wrong-architecture'] }],
      layers: [{ relation: 'changed', from: 0, to: 0 }],
    })
  })
  it('of one platform of two references', async () => {
    const answer = await diff({ fromPlatform: 'ppc64le', to: 'registry.test/lab/app:0.9' })
    expect(answer).toMatchObject({
      to: { reference: 'registry.test/lab/app:0.9' },
      layers: [{ relation: 'shared' }],
    })
    expect(answer.files).toEqual([])
  })
  it('tells how much there is when it shows less', async () =>
    expect(
      await diff({ fromPlatform: 'amd64', toPlatform: 'ppc64le', show: 'own-binaries', limit: '1' }),
    ).toMatchObject({
      files: [{ path: 'more' }],
    }))
  it('is not complete where a layer cannot be read', async () => {
    const layer = amd64.layers[0]?.digest ?? ''
    const answer = await diff({ fromPlatform: 'amd64', toPlatform: 'ppc64le' }, (source) =>
      source.remove(layer),
    )
    expect(answer).toMatchObject({ complete: false, from: { layers: [{ state: 'failed' }] } })
  })
  it('knows its switches', () =>
    expect(diffQuery.safeParse({ from: ref, show: 'own-binaries,nonsense' }).success).toBe(false))
})
