import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { descriptorOf } from '#e2e/lab/blob.ts'
import { type CountingProxy, startCountingProxy } from '#e2e/lab/counting-proxy.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { binariesQuery } from '#lib/api/binaries.ts'
import { diffQuery } from '#lib/api/diff.ts'
import { fileQuery } from '#lib/api/file.ts'
import { packagesQuery } from '#lib/api/packages.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { type BuiltEstargz, buildEstargz } from '#lib/image/testing/build-estargz.ts'
import type { TarShape } from '#lib/image/testing/build-tar.ts'
import { diffReferences } from '#lib/service/diff-references.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'
import { listPackages } from '#lib/service/list-packages.ts'
import { readFile } from '#lib/service/read-file.ts'
import { openReaderWorld, type ReaderWorld } from './reader-world.ts'

// Guarantee: what a real registry gives by range says what the whole layers say, for a small part of their bytes; where
// ranges, tables or bytes are not what they should be, the layers are read.

const REPOSITORY = 'lab/estargz'
const RANDOM_BYTES = 2 << 20
let lab: Lab
let layerBytes = 0
beforeAll(async () => {
  lab = await startLab({ registries: ['open'] })
  layerBytes = await seed('good')
  await seed('lying', (entries) => {
    // Two package databases by each other's name: hashes and places disagree.
    const status = entries.find(({ name }) => name === 'var/lib/dpkg/status')
    const motd = entries.find(({ name }) => name === 'etc/motd')
    if (status && motd) [status.offset, motd.offset] = [motd.offset, status.offset]
  })
  await seed('outside', (entries) => Object.assign(entries[0] ?? {}, { offset: 1e12 }))
  const changed = ({ annotations }: BuiltEstargz) =>
    Object.fromEntries(Object.keys(annotations).map((key) => [key, `sha256:${'a'.repeat(64)}`]))
  await seed('false', () => {}, changed)
})
afterAll(() => lab.stop())

const status = (version: string, architecture: string) =>
  `Package: lab\nVersion: ${version}\nArchitecture: ${architecture}\nStatus: install ok installed\n`
const library = (shape: Parameters<typeof buildElf>[0]) =>
  Buffer.concat([buildElf({ ...shape, type: 3 }), randomBytes(64 << 10)])

function shapesOf(architecture: 'amd64' | 'ppc64le'): TarShape[] {
  const version = architecture === 'amd64' ? '1.1' : '1.0'
  return [
    { name: 'usr/lib/libapp.so.1', content: library(elfShapes[architecture]) },
    // The mistake to be found: it is for x86-64 on both sides.
    { name: 'usr/lib/libhelper.so', content: library(elfShapes.amd64), mode: 0o755 },
    { name: 'var/lib/dpkg/status', content: status(version, architecture) },
    { name: 'etc/motd', content: `welcome to ${architecture}\n` },
    { name: 'usr/share/data', content: randomBytes(RANDOM_BYTES) },
  ]
}

/** Pushes an index of two images whose one layer is eStargz; `change` may make tables lie. Answers the layers' bytes. */
async function seed(
  tag: string,
  change?: (entries: Record<string, unknown>[]) => void,
  annotate = ({ annotations }: BuiltEstargz) => annotations,
): Promise<number> {
  const children = (['amd64', 'ppc64le'] as const).map((architecture) => {
    const built = buildEstargz(shapesOf(architecture), change)
    const layer = layerOf(built.archive, built.bytes)
    const layers = [{ ...descriptorOf(layer), annotations: annotate(built) }]
    return buildImage({ architecture, layers: [layer], manifestFields: { layers } })
  })
  await openRepository(lab.registry('open'), REPOSITORY).push(buildIndex({ children }), tag)
  return children.reduce((sum, { layers }) => sum + (layers[0]?.size ?? 0), 0)
}

/** An empty cache, and a proxy before the registry that counts. */
async function ask<T>(
  tag: string,
  question: (world: ReaderWorld, ref: string, proxy: CountingProxy) => Promise<T>,
  withoutRanges = false,
): Promise<T & { readonly sentBytes: number; readonly blobRequests: number }> {
  await using world = await openReaderWorld()
  await using proxy = await startCountingProxy(lab.registry('open').host, { withoutRanges })
  const answer = await question(world, `${proxy.host}/${REPOSITORY}:${tag}`, proxy)
  return { ...answer, sentBytes: proxy.sentBytes, blobRequests: proxy.blobRequests }
}

const diff = (tag: string, query: Record<string, string> = {}, withoutRanges = false) =>
  ask(
    tag,
    async ({ context }, from) => {
      const platforms = { fromPlatform: 'linux/amd64', toPlatform: 'linux/ppc64le' }
      const answer = await diffReferences(context, diffQuery.parse({ from, ...platforms, ...query }))
      const basis = [answer.from, answer.to].map((side) => side.layers?.[0]?.basis)
      return { answer, basis }
    },
    withoutRanges,
  )

/** What a difference concludes, without the names of sides and layers. */
const conclusion = ({ answer }: Awaited<ReturnType<typeof diff>>) => {
  const { summary, files, filesSame, packages, packagesSame, binaries, folded, complete } = answer
  return { summary, files, filesSame, packages, packagesSame, binaries, folded, complete }
}

describe('a difference', () => {
  it('by tables concludes what the layers would, for at most 5 % of their bytes', async () => {
    const byTable = await diff('good')
    expect(byTable.basis).toEqual(['table', 'table'])
    expect(byTable.sentBytes).toBeLessThanOrEqual(layerBytes * 0.05)
    expect(byTable.answer.from.layers?.[0]).toMatchObject({ unlookedFiles: 2 })
    const byBytes = await diff('good', { whole: 'true' })
    expect(byBytes.basis).toEqual(['bytes', 'bytes'])
    expect(byBytes.sentBytes).toBeGreaterThan(layerBytes)
    expect(conclusion(byTable)).toEqual(conclusion(byBytes))
    expect(byTable.answer.binaries?.to.foreign).toEqual([
      { path: 'usr/lib/libhelper.so', found: 'x86-64, 64-bit, little-endian', isOnPath: true },
    ])
    expect(byTable.answer.packages).toMatchObject([{ name: 'lab', from: '1.1', to: '1.0' }])
  })
  it.each(['lying', 'outside', 'false'])('reads the layers where tables are %s', async (tag) => {
    const { basis, answer } = await diff(tag)
    expect(basis).toEqual(['bytes', 'bytes'])
    expect(answer.complete).toBe(true)
    expect(answer.packages).toMatchObject([{ name: 'lab', from: '1.1', to: '1.0' }])
  })
  it('reads the layers where a proxy knows no ranges, each once', async () => {
    const { basis, blobRequests } = await diff('good', {}, true)
    expect(basis).toEqual(['bytes', 'bytes'])
    // Of each side its config, the end of its layer, which is left when more comes, and its layer.
    expect(blobRequests).toBe(6)
  })
})

describe('one platform', () => {
  const platform = 'linux/ppc64le'
  it('its packages and binaries, one scan for both', async () => {
    const { packages, binaries, between, sentBytes } = await ask('good', async ({ context }, ref, proxy) => {
      const packages = await listPackages(context, packagesQuery.parse({ ref, platform }))
      const between = proxy.blobRequests
      const binaries = await listBinaries(context, binariesQuery.parse({ ref, platform }))
      return { packages, binaries, between: proxy.blobRequests - between }
    })
    expect(packages.packages).toMatchObject([{ name: 'lab', version: '1.0', type: 'dpkg' }])
    expect(packages.layers).toMatchObject([{ basis: 'table' }])
    expect(binaries.binaries).toMatchObject([
      { path: 'usr/lib/libapp.so.1', agrees: 'matches', partial: true },
      { path: 'usr/lib/libhelper.so', agrees: 'differs', partial: true },
    ])
    expect(between).toBeLessThanOrEqual(1)
    expect(sentBytes).toBeLessThan(layerBytes * 0.05)
  })
  it.each([
    ['good', 'table', 0.05],
    ['lying', 'table', 2],
  ])('a text file of a %s table, verified', async (tag, basis, share) => {
    const { file, sentBytes } = await ask(tag, async ({ context }, ref) => ({
      file: await readFile(context, fileQuery.parse({ ref, platform, path: '/etc/motd' })),
    }))
    expect(file.layers).toMatchObject([{ basis }])
    expect(file.content).toEqual({ kind: 'text', text: 'welcome to ppc64le\n' })
    expect(sentBytes).toBeLessThan(layerBytes * share)
  })
})
