import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { fileQuery, fileResponse } from '#lib/api/file.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { readFile } from './read-file.ts'
import { memoryContext } from './testing/memory-context.ts'

const ref = 'registry.test/lab/app:1.0'
const HOSTILE = '<script>alert(1)</script>\u001b[2J\u202e'

const layer = (...shapes: readonly TarShape[]) => {
  const archive = buildTar(...shapes)
  return layerOf(archive, gzipSync(archive))
}

const image = buildImage({
  architecture: 'ppc64le',
  layers: [
    layer(
      { name: 'etc/motd', content: 'below' },
      { name: 'usr/lib/os-release', content: 'ID=lab\n' },
      { name: 'usr/bin/app', content: buildElf(elfShapes.ppc64le), mode: 0o755 },
      { name: 'large', content: 'x'.repeat((256 << 10) + 1) },
      { name: 'bytes', content: Buffer.from([0xff, 0xfe, 0x41]) },
      { name: 'zero', content: Buffer.from('a\0b') },
    ),
    layer(
      { name: 'etc/motd', content: HOSTILE },
      { name: 'etc/os-release', type: '2', linkName: '../usr/lib/os-release' },
      { name: 'etc/same', type: '1', linkName: 'etc/motd' },
      { name: 'round', type: '2', linkName: 'round' },
      { name: 'empty', content: '' },
    ),
  ],
})

async function read(path: string) {
  const { context, source } = memoryContext()
  source.put(image, '1.0')
  const layers = {
    read: (
      request: Parameters<typeof readLayer>[1],
      open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
    ) => readLayer(open(new AbortController().signal), request),
  }
  return fileResponse.parse(await readFile({ ...context, layers }, fileQuery.parse({ ref, path })))
}

describe('a file of an image', () => {
  it.each([
    ['/etc/motd', 'etc/motd', HOSTILE],
    ['etc/os-release', 'usr/lib/os-release', 'ID=lab\n'],
    ['/etc/same', 'etc/same', HOSTILE],
    ['/../etc/../etc/motd', 'etc/motd', HOSTILE],
    ['empty', 'empty', ''],
  ])('%s is the text that a container would see', async (path, real, text) => {
    const answer = await read(path)
    expect(answer.file.path).toBe(real)
    expect(answer.content).toEqual({ kind: 'text', text })
  })

  it.each([
    ['usr/bin/app', 'binary'],
    ['bytes', 'binary'],
    ['zero', 'binary'],
    ['large', 'too-large'],
    ['usr/bin', 'not-a-file'],
  ])('%s is not shown: %s', async (path, kind) => {
    expect((await read(path)).content.kind).toBe(kind)
  })

  it.each(['no/such', 'round', 'etc/motd/below'])('%s is not there', async (path) => {
    await expect(read(path)).rejects.toMatchObject({ code: 'not_found' })
  })
})
