import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { matrixQuery, matrixResponse } from '#lib/api/matrix.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar } from '#lib/image/testing/build-tar.ts'
import type { ReadingContext } from './context.ts'
import { imageMatrix } from './image-matrix.ts'
import { memoryContext } from './testing/memory-context.ts'

// Guarantee: one platform that cannot be read hides none of the others, and nothing of it is called missing.

const ref = 'registry.test/lab/app:1.0'

function layer(status: string) {
  const archive = buildTar(
    { name: 'usr/bin/app', content: buildElf(elfShapes.ppc64le), mode: 0o755 },
    { name: 'var/lib/dpkg/status', content: status },
  )
  return layerOf(archive, gzipSync(archive))
}

const app = 'Package: app\nVersion: 1\n'
const full = layer(`${app}\nPackage: tool\nVersion: 2\n`)
const amd64 = buildImage({ architecture: 'amd64', layers: [full], config: { User: 'app' } })
const ppc64le = buildImage({ architecture: 'ppc64le', layers: [layer(app)], config: { User: 'app' } })
const s390x = buildImage({ architecture: 's390x', layers: [layer(`${app}\nPackage: half\n`)] })

/** Asks for the matrix of an image in memory; layers are read here instead of in threads. */
async function ask(
  manifest: BuiltManifest,
  query: Record<string, unknown> = {},
  gone: readonly string[] = [],
) {
  const { context, source } = memoryContext()
  source.put(manifest, '1.0')
  for (const digest of gone) source.remove(digest)
  const layers: ReadingContext['layers'] = {
    read: (request, open) => readLayer(open(new AbortController().signal), request),
  }
  const answer = await imageMatrix({ ...context, layers }, matrixQuery.parse({ ref, ...query }))
  return matrixResponse.parse(answer)
}

const index = buildIndex({ children: [s390x, ppc64le, amd64] })
const marks = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.packages?.map((row) => `${row.name} ${row.state} ${row.marks.join(' ')}`)

describe('imageMatrix', () => {
  it('shows what differs, platforms in their order, and counts the rest', async () => {
    const answer = await ask(buildIndex({ children: [ppc64le, amd64] }))
    expect(answer.platforms.map(({ platform, binaries }) => [platform, binaries?.foreign])).toEqual([
      ['linux/amd64', 1],
      ['linux/ppc64le', 0],
    ])
    expect(marks(answer)).toEqual(['tool differs only missing'])
    expect(answer.summary.packages).toEqual({ differs: 1, unknown: 0, expected: 0, same: 1 })
    expect(answer.config).toEqual([])
    expect(answer.complete).toBe(true)
    expect(marks(await ask(index, { show: 'all', platform: ['ppc64el', 'amd64'] }))).toEqual([
      'tool differs only missing',
      'app same same same',
    ])
  })

  it('of configs alone reads no layer', async () => {
    const answer = await ask(index, { depth: 'registry' }, [full.digest])
    expect(answer.packages).toBeUndefined()
    expect(answer.config).toMatchObject([{ field: 'user', marks: ['same', 'same', 'missing'] }])
    expect(answer.complete).toBe(true)
  })

  it('a database that is broken makes its holes unseen', async () => {
    const answer = await ask(index)
    expect(answer.platforms[2]?.unreadDatabases).toMatchObject([
      { type: 'dpkg', path: 'var/lib/dpkg/status', code: 'database_broken' },
    ])
    expect(marks(answer)).toEqual(['tool differs only missing unseen'])
    expect(answer.complete).toBe(false)
    expect(answer.summary.text).toContain('Not all of linux/s390x could be looked at.')
  })

  it('a layer, a config or a manifest that is gone makes its column unseen', async () => {
    const layerOfPower = ppc64le.layers[0]?.digest ?? ''
    const answer = await ask(index, { show: 'all' }, [layerOfPower, amd64.config.digest, s390x.digest])
    expect(
      answer.platforms.map(({ problem, layers }) => [problem?.code, layers?.[0]?.problem?.code]),
    ).toEqual([
      ['blob_unknown', undefined],
      [undefined, 'blob_unknown'],
      ['manifest_unknown', undefined],
    ])
    expect(answer.packages).toEqual([])
    expect(answer.config).toMatchObject([
      { field: 'user', state: 'unknown', marks: ['unseen', 'same', 'unseen'] },
    ])
    expect(answer.summary.text).toContain('Not all of linux/amd64, linux/ppc64le and linux/s390x could be')
  })

  it('names what it leaves out', async () => {
    const odd = buildIndex({
      children: [amd64, { manifest: ppc64le, platform: amd64.platform }, { manifest: s390x, platform: null }],
    })
    const nameless = await ask(odd, { depth: 'registry' }, [s390x.digest])
    expect(nameless.leftOut).toEqual([
      { platform: 'linux/amd64', digest: ppc64le.digest, reason: 'shadowed' },
      { digest: s390x.digest, reason: 'no-platform' },
    ])
    const many = Array.from({ length: 18 }, (_, at) =>
      buildImage({ architecture: 'arm', variant: `v${at + 1}` }),
    )
    const { platforms, leftOut } = await ask(buildIndex({ children: many }), { depth: 'registry' })
    expect(platforms).toHaveLength(16)
    expect(leftOut.map(({ reason }) => reason)).toEqual(['too-many', 'too-many'])
    expect((await ask(index, { platform: ['amd64'], depth: 'registry' })).leftOut).toMatchObject([
      { platform: 'linux/ppc64le', reason: 'not-asked' },
      { platform: 'linux/s390x', reason: 'not-asked' },
    ])
  })

  it('refuses what has no column', async () => {
    await expect(ask(index, { platform: ['riscv64'] })).rejects.toMatchObject({
      code: 'not_found',
      hint: 'It has linux/amd64, linux/ppc64le, linux/s390x.',
    })
    await expect(ask(index, { platform: ['a b'] })).rejects.toMatchObject({ code: 'platform_invalid' })
    await expect(ask(buildIndex({ children: [] }))).rejects.toMatchObject({ code: 'manifest_unsupported' })
  })
})
