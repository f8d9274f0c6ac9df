import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { fileDiffQuery, fileDiffResponse } from '#lib/api/diff-file.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar, type TarShape } from '#lib/image/testing/build-tar.ts'
import { diffFile } from './diff-file.ts'
import { memoryContext } from './testing/memory-context.ts'

// Guarantee: one path of two images is compared as the list of files says, and whatever it holds is no trouble.

const from = 'registry.test/lab/app:1.0'
const HOSTILE = '<script>alert(1)</script>\u001b[2J\u202e\n'
const KIB = 1 << 10

function image(architecture: string, ...shapes: readonly TarShape[]) {
  const archive = buildTar(...shapes)
  return buildImage({ architecture, layers: [layerOf(archive, gzipSync(archive))] })
}

const elf = (architecture: 'amd64' | 'ppc64le') => buildElf(elfShapes[architecture])
const index = buildIndex({
  children: [
    image(
      'amd64',
      { name: 'etc/motd', content: 'one\ntwo\n' },
      { name: 'etc/same', content: 'same' },
      { name: 'etc/mode', content: 'same', mode: 0o644 },
      { name: 'etc/only', content: 'only\n' },
      { name: 'etc/link', type: '2', linkName: 'motd' },
      { name: 'etc/turned', content: 'a file\n' },
      { name: 'logo', content: Buffer.from([0xff, 0xfe, 0x41]) },
      { name: 'large', content: 'x'.repeat(256 * KIB + 1) },
      { name: 'usr/bin/app', content: elf('amd64'), mode: 0o755 },
      { name: 'usr/lib/x86_64-linux-gnu/app.conf', content: 'arch=a\n' },
      { name: 'usr/lib/x86_64-linux-gnu/same.conf', content: 'same\n' },
    ),
    image(
      'ppc64le',
      { name: 'etc/motd', content: `one\n${HOSTILE}` },
      { name: 'etc/same', content: 'same' },
      { name: 'etc/mode', content: 'same', mode: 0o600 },
      { name: 'etc/link', type: '2', linkName: 'same' },
      { name: 'etc/turned', type: '2', linkName: 'motd' },
      { name: 'conf', type: '2', linkName: 'etc' },
      { name: 'logo', content: 'text now\n' },
      { name: 'large', content: 'small now\n' },
      { name: 'usr/bin/app', content: elf('ppc64le'), mode: 0o755 },
      { name: 'usr/lib/powerpc64le-linux-gnu/app.conf', content: 'arch=b\n' },
      { name: 'usr/lib/powerpc64le-linux-gnu/same.conf', content: 'same\n' },
    ),
  ],
})

async function diff(path: string, query: object = {}) {
  const { context, source } = memoryContext()
  source.put(index, '1.0')
  const layers = {
    read: (
      request: Parameters<typeof readLayer>[1],
      open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
    ) => readLayer(open(new AbortController().signal), request),
  }
  const asked = fileDiffQuery.parse({ from, fromPlatform: 'amd64', toPlatform: 'ppc64le', path, ...query })
  return fileDiffResponse.parse(await diffFile({ ...context, layers }, asked))
}

const lines = async (path: string) => {
  const { text } = await diff(path)
  return text.kind === 'unified' ? text.hunks.flatMap((hunk) => hunk.lines) : text.kind
}

describe('a file of two images', () => {
  it.each([
    ['/etc/motd', [' one', '-two', `+${HOSTILE.trimEnd()}`]],
    ['conf/motd', [' one', '-two', `+${HOSTILE.trimEnd()}`]],
    ['etc/only', ['-only']],
    ['usr/lib/powerpc64le-linux-gnu/app.conf', ['-arch=a', '+arch=b']],
    ['usr/lib/x86_64-linux-gnu/app.conf', ['-arch=a', '+arch=b']],
  ])('%s is told line by line', async (path, told) => expect(await lines(path)).toEqual(told))

  it('is paired, and its difference explained, as in the list of files', async () => {
    expect(await diff('usr/bin/app')).toMatchObject({
      change: 'changed',
      aspects: ['content'],
      folded: 'native-binary',
      from: { platform: 'linux/amd64', file: { program: expect.stringContaining('x86-64') } },
      to: { platform: 'linux/ppc64le', file: { sha256: expect.any(String) } },
    })
    expect(await diff('usr/lib/x86_64-linux-gnu/same.conf')).toMatchObject({
      path: 'usr/lib/powerpc64le-linux-gnu/same.conf',
      change: 'same',
      text: { kind: 'same' },
    })
    expect(await diff('etc/mode')).toMatchObject({
      change: 'changed',
      aspects: ['mode'],
      text: { kind: 'same' },
    })
    expect((await diff('etc/only')).to).not.toHaveProperty('file')
  })

  it.each([
    ['usr/bin/app', 'binary', 'It is no text on both sides.'],
    ['logo', 'binary', 'It is no text on linux/amd64.'],
    ['large', 'too-large', 'It is larger than 256 KiB on linux/amd64.'],
    ['etc/link', 'not-a-file', 'It is a symlink without content of its own on both sides.'],
    ['etc/turned', 'not-a-file', 'It is a symlink without content of its own on linux/ppc64le.'],
  ])('%s is not shown: %s', async (path, cause, reason) =>
    expect((await diff(path)).text).toEqual({ kind: 'not-shown', cause, reason }),
  )

  it.each([
    ['no/such', {}, 'not_found'],
    ['/', {}, 'not_found'],
    ['etc/motd', { fromPlatform: undefined, toPlatform: undefined }, 'request_invalid'],
    ['etc/motd', { toPlatform: 'amd64' }, 'request_invalid'],
    ['etc/motd', { toPlatform: 's390x' }, 'not_found'],
  ])('%s with %j is refused: %s', async (path, query, code) =>
    expect(diff(path, query)).rejects.toMatchObject({ code }),
  )
})
