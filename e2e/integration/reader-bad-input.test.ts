import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '#e2e/lab/blob.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { writeLayout } from '#e2e/lab/layout.ts'
import { binariesQuery } from '#lib/api/binaries.ts'
import { filesQuery } from '#lib/api/files.ts'
import { packagesQuery } from '#lib/api/packages.ts'
import { buildTar, member, type TarShape } from '#lib/image/testing/build-tar.ts'
import { listBinaries } from '#lib/service/list-binaries.ts'
import { listFiles } from '#lib/service/list-files.ts'
import { listPackages } from '#lib/service/list-packages.ts'
import { openReaderWorld, type ReaderWorld } from './reader-world.ts'

// Guarantee: a bad layer or file is told in its place, by its name; the rest is shown, and memory stays bounded.

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const MEMORY_LIMIT_BYTES = 500e6
let world: ReaderWorld
const ref = (name: string) => `oci:${path.join(world.folder, name)}:x`

function layer(...shapes: readonly TarShape[]) {
  const archive = buildTar(...shapes)
  return layerOf(archive, gzipSync(archive))
}

const whole = layer({ name: 'kept', content: 'kept' })
const cutOff = gzipSync(buildTar({ name: 'a', content: Buffer.alloc(9999, 'abc') }))
/** gzip members one after the other: large once unpacked, soon made. */
const zeros = gzipSync(Buffer.alloc(64 << 20))
const bomb = [
  gzipSync(Buffer.concat(member({ name: 'zeros', sizeBytes: 2 ** 31 }))),
  ...Array(20).fill(zeros),
]
const thousand = gzipSync(
  Buffer.concat(Array.from({ length: 1000 }, (_, at) => member({ name: `e${at}` })).flat()),
)
const sparse: TarShape = {
  name: 'holes',
  content: '1\n0\n0\n'.padEnd(512, '\0'),
  pax: {
    'GNU.sparse.major': '1',
    'GNU.sparse.minor': '0',
    'GNU.sparse.name': 'holes',
    'GNU.sparse.realsize': String(2 ** 32),
  },
}
const LAYERS = [
  whole,
  layerOf(Buffer.from(''), cutOff.subarray(0, cutOff.length - 20)),
  { ...layer({ name: 'b' }), diffId: digestOf(Buffer.from('another')) },
  layerOf(Buffer.from(''), Buffer.concat(bomb)),
  layerOf(Buffer.from(''), Buffer.concat(Array(1000).fill(thousand))),
  layer(
    { name: '../../etc/shadow', content: 'x' },
    { name: 'loop', type: '2', linkName: 'loop', mode: 0o777 },
    sparse,
    {
      name: 'app.exe',
      content: 'MZ\x90',
    },
    { name: 'app.dylib', content: Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0, 0, 0, 0]) },
    { name: 'app.wasm', content: Buffer.from('\0asm\x01\0\0\0', 'latin1') },
    { name: 'run', content: '#!/bin/sh\n', mode: 0o755 },
    {
      name: 'garbage',
      content: Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(200, 0xff)]),
      mode: 0o755,
    },
    {
      name: 'var/lib/dpkg/status',
      content: Buffer.from('Package\n\xff\xfe: :\n\nPackage: half\n\n', 'latin1'),
    },
  ),
]

beforeAll(async () => {
  world = await openReaderWorld()
  const write = (name: string, layers: typeof LAYERS) =>
    writeLayout(path.join(world.folder, name), buildImage({ layers }), 'x')
  await write('bad', LAYERS)
  await write('odd', [...LAYERS.slice(0, 2), ...LAYERS.slice(-1)])
})
afterAll(() => world[Symbol.asyncDispose]())

describe('an image of bad layers', () => {
  it('tells each by its name and shows the rest', async () => {
    const idleBytes = process.memoryUsage.rss()
    let highestBytes = 0
    const timer = setInterval(() => {
      highestBytes = Math.max(highestBytes, process.memoryUsage.rss())
    }, 20)
    const files = await listFiles(world.context, filesQuery.parse({ ref: ref('bad'), limit: 1000 }))
    clearInterval(timer)
    expect(files.layers.map(({ state, problem }) => problem?.code ?? state)).toEqual([
      'read',
      'layer_truncated',
      'layer_diff_id_mismatch',
      'layer_too_dense',
      'layer_entries_too_many',
      'read',
    ])
    const paths = files.entries.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['kept', 'etc/shadow', 'loop', 'holes', 'garbage']))
    expect(files.layers[5]?.notes).toEqual([
      { code: 'path_escapes', path: '../../etc/shadow' },
      { code: 'sparse_not_hashed', path: 'holes' },
    ])
    expect(highestBytes - idleBytes).toBeLessThan(MEMORY_LIMIT_BYTES)
  })
  it('tells them so on the command line, and exits 2', async () => {
    const line = ['lib/cli/archway.mjs', 'files', ref('odd')]
    const env = { ...process.env, ARCHWAY_DATA: world.folder, ARCHWAY_LAYOUT_ROOTS: world.folder }
    const running = promisify(execFile)(process.execPath, line, { cwd: PROJECT_ROOT, env })
    const { code, stdout, stderr } = await running.catch((error) => error)
    expect(code).toBe(2)
    expect(stdout).toMatch(/ kept$/m)
    expect(stderr).toMatch(/^archway: layer 1 \(.+\): .* \[layer_truncated\]$/m)
    expect(stderr).toMatch(
      /^archway: layer 2 \(.*\): \.\.\/\.\.\/etc\/shadow leads out .* \[path_escapes\]$/m,
    )
  })
  it('programs and packages of it, as far as they go', async () => {
    const binaries = await listBinaries(world.context, binariesQuery.parse({ ref: ref('odd') }))
    expect(binaries.complete).toBe(false)
    expect(binaries.binaries.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'app.dylib mach-o',
      'app.exe pe',
      'app.wasm wasm',
      'garbage broken-elf',
      'run script',
    ])
    expect(binaries.binaries[3]?.reason).toEqual(expect.any(String))
    const packages = await listPackages(world.context, packagesQuery.parse({ ref: ref('odd') }))
    expect(packages.complete).toBe(false)
    expect(packages.databases).toMatchObject([
      { path: 'var/lib/dpkg/status', problem: { code: 'database_broken' } },
    ])
  })
})
