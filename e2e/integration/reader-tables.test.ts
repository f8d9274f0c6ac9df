import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { descriptorOf } from '#e2e/lab/blob.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { fileQuery } from '#lib/api/file.ts'
import { filesQuery } from '#lib/api/files.ts'
import { packagesQuery } from '#lib/api/packages.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildEstargz } from '#lib/image/testing/build-estargz.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'
import { listFiles } from '#lib/service/list-files.ts'
import { listPackages } from '#lib/service/list-packages.ts'
import { readFile } from '#lib/service/read-file.ts'
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

const CODE: readonly TarShape[] = [
  {
    name: 'usr/bin/app',
    content: Buffer.concat([
      buildElf({ ...elfShapes.ppc64le, interpreter: '/lib64/ld64.so.2' }),
      randomBytes(300 << 10),
    ]),
    mode: 0o755,
  },
  { name: 'usr/bin/script', content: '#!/bin/sh\n', mode: 0o755 },
  { name: 'var/lib/dpkg/status', content: 'Package: lab\nVersion: 1.0\nArchitecture: ppc64el\n' },
  { name: 'etc/motd', content: 'hello' },
  { name: 'usr/share/data', content: randomBytes(1 << 20) },
]

/** A layout of one layer that skopeo packs as zstd:chunked. */
async function makeChunked(name: string, shapes: readonly TarShape[]): Promise<string> {
  const archive = buildTar(...shapes)
  const plain = path.join(world.folder, `${name}-plain`)
  const out = path.join(world.folder, name)
  await writeLayout(plain, buildImage({ layers: [layerOf(archive, gzipSync(archive))] }), 'x')
  const format = ['--dest-compress-format', 'zstd:chunked']
  await world.run('skopeo', 'copy', '-q', ...format, `oci:${plain}:x`, `oci:${out}:x`)
  return `oci:${out}:x`
}

describe.skipIf(reason)('tables of contents', () => {
  it('zstd:chunked, as skopeo makes it', async () => {
    await expectSame(await makeChunked('chunked', SHAPES))
  })
  it('zstd:chunked tells programs and packages as the layer does, and a file by range', async () => {
    const ref = await makeChunked('scanned', CODE)
    const { content } = await readFile(world.context, fileQuery.parse({ ref, path: 'etc/motd' }))
    expect(content).toEqual({ kind: 'text', text: 'hello' })
    const query = (whole: string) => packagesQuery.parse({ ref, whole })
    const scanned = await listBinaries(world.context, query('false'))
    const packages = await listPackages(world.context, query('false'))
    expect(scanned.layers).toMatchObject([{ basis: 'table', compression: 'zstd', unlookedFiles: 2 }])
    const read = await listBinaries(world.context, query('true'))
    expect(read.layers).toMatchObject([{ basis: 'bytes' }])
    expect(scanned.binaries.map(({ partial: _, ...rest }) => rest)).toEqual(read.binaries)
    expect(scanned.binaries).toHaveLength(2)
    expect(packages.packages).toEqual((await listPackages(world.context, query('true'))).packages)
    expect(packages.packages).toMatchObject([{ name: 'lab', version: '1.0' }])
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
