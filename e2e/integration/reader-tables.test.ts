import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { descriptorOf } from '#e2e/lab/blob.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { filesQuery } from '#lib/api/files.ts'
import { buildEstargz } from '#lib/image/testing/build-estargz.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { listFiles } from '#lib/service/list-files.ts'
import { openReaderWorld, type ReaderWorld } from './reader-world.ts'

// Guarantee: what a layer's table of contents says is what reading the layer says.

const reason = (await ensurePackages(['layers'])).reason('layers')
let world: ReaderWorld
beforeAll(async () => {
  world = await openReaderWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** The listing with and without the table, and how each was come by. */
async function bothWays(ref: string) {
  const query = filesQuery.parse({ ref, platform: 'linux/amd64', limit: 20_000 })
  const { list: _, read } = world.context.layers
  const whole = { ...world.context, layers: { read: read.bind(world.context.layers) } }
  const short = await listFiles(world.context, query)
  const long = await listFiles(whole, query)
  const after = await listFiles(world.context, query)
  return [short, long, after].map(({ layers, entries }) => ({
    basis: layers.map((each) => each.basis),
    entries,
  }))
}

async function expectSame(ref: string): Promise<void> {
  const [short, long, after] = await bothWays(ref)
  expect(short?.basis).toEqual(['table'])
  expect(long?.basis).toEqual(['bytes'])
  expect(after?.basis).toEqual(['bytes'])
  expect(short?.entries.length).toBeGreaterThan(1)
  expect(short?.entries).toEqual(long?.entries)
}

const SHAPES: readonly TarShape[] = [
  { name: 'etc/', type: '5', mode: 0o700 },
  { name: 'etc/passwd', content: 'root', mode: 0o640, uid: 1, gid: 2 },
  { name: 'etc/again', type: '1', linkName: 'etc/passwd' },
  { name: 'etc/empty', mode: 0o4755 },
  { name: 'etc/.wh.gone' },
  { name: 'large', content: Buffer.alloc(9 << 20, 'large') },
  { name: 'bin', type: '2', linkName: 'usr/bin', mode: 0o777 },
]

describe.skipIf(reason)('tables of contents', () => {
  it('zstd:chunked, as skopeo makes it', async () => {
    const archive = buildTar(...SHAPES)
    const plain = path.join(world.folder, 'plain')
    const out = path.join(world.folder, 'chunked')
    await writeLayout(plain, buildImage({ layers: [layerOf(archive, gzipSync(archive))] }), 'x')
    const format = ['--dest-compress-format', 'zstd:chunked']
    await world.run('skopeo', 'copy', '-q', ...format, `oci:${plain}:x`, `oci:${out}:x`)
    await expectSame(`oci:${out}:x`)
  })
  it('eStargz', async () => {
    const { bytes, archive, annotations } = buildEstargz(SHAPES)
    const layer = layerOf(archive, bytes)
    const layers = [{ ...descriptorOf(layer), annotations }]
    const out = path.join(world.folder, 'estargz')
    await writeLayout(out, buildImage({ layers: [layer], manifestFields: { layers } }), 'x')
    await expectSame(`oci:${out}:x`)
  })
})
