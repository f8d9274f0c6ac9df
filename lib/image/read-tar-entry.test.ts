import { describe, expect, it } from 'vitest'
import { type TarEntry, writeTar } from '#e2e/lab/tar.ts'
import { readTarEntry } from './read-tar-entry.ts'

async function* inPieces(bytes: Uint8Array, pieceBytes: number) {
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}
const read = (bytes: Uint8Array, headBytes = 100, pieceBytes = 700) =>
  readTarEntry(inPieces(bytes, pieceBytes), headBytes)
const tar = (...entries: TarEntry[]) => writeTar(entries)

describe('the first entry', () => {
  it.each([1, 511, 512, 513, 100_000])('is read whatever the pieces are: %i bytes', async (pieceBytes) =>
    expect(await read(tar({ path: 'app', mode: 0o4755, content: 'hello' }), 100, pieceBytes)).toEqual({
      kind: 'entry',
      entry: { kind: 'file', mode: 0o4755, sizeBytes: 5, head: Buffer.from('hello') },
    }),
  )
  it('is kept to its first bytes', async () =>
    expect(await read(tar({ path: 'app', content: Buffer.alloc(5_000, 'x') }), 10)).toMatchObject({
      entry: { sizeBytes: 5_000, head: Buffer.from('xxxxxxxxxx') },
    }))
  it.each<[string, TarEntry, Record<string, unknown>]>([
    ['a directory', { path: 'bin', type: 'directory' }, { kind: 'directory' }],
    [
      'a link',
      { path: 'sh', type: 'symlink', linkTarget: '../bin/busybox' },
      { kind: 'symlink', target: '../bin/busybox' },
    ],
    ['a hard link', { path: 'sh', type: 'hardlink', linkTarget: 'x' }, { kind: 'other' }],
  ])('may be %s', async (_, entry, expected) =>
    expect(await read(tar(entry))).toEqual({ kind: 'entry', entry: expected }),
  )
  it('ends the transfer', async () => {
    let ended = false
    async function* endless() {
      try {
        yield tar({ path: 'app', content: 'x' })
        for (;;) yield Buffer.alloc(1_000)
      } finally {
        ended = true
      }
    }
    await readTarEntry(endless(), 100)
    expect(ended).toBe(true)
  })
})

describe('extensions', () => {
  const target = `/${'long/'.repeat(60)}end`
  const link = (type: string, content: string) =>
    Buffer.concat([
      retyped(tar({ path: 'x', content }), type).subarray(0, -1024),
      tar({ path: 'a', type: 'symlink' }),
    ])
  it.each([
    ['a GNU long link', link('K', `${target}\0`)],
    ['a PAX linkpath', link('x', `12 path=abc\n${paxRecord('linkpath', target)}`)],
  ])('%s', async (_, archive) =>
    expect(await read(archive)).toEqual({ kind: 'entry', entry: { kind: 'symlink', target } }),
  )
  it('a PAX size counts', async () => {
    const file = tar({ path: 'a', content: 'hello' })
    const pax = retyped(tar({ path: 'x', content: paxRecord('size', '3') }), 'x').subarray(0, -1024)
    expect(await read(Buffer.concat([pax, file]))).toMatchObject({ entry: { head: Buffer.from('hel') } })
  })
  it('a global header is passed over', async () => {
    const pax = retyped(tar({ path: 'x', content: paxRecord('linkpath', 'no') }), 'g').subarray(0, -1024)
    expect(await read(Buffer.concat([pax, tar({ path: 'a', type: 'directory' })]))).toMatchObject({
      entry: { kind: 'directory' },
    })
  })
  it('a size in base 256 counts', async () => {
    const file = tar({ path: 'a', content: Buffer.alloc(300) })
    file.set([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 44], 124)
    expect(await read(checksummed(file))).toMatchObject({ entry: { sizeBytes: 300 } })
  })
})

describe('what is malformed says why', () => {
  const good = tar({ path: 'app', content: 'hello' })
  const extension = retyped(tar({ path: 'x', content: 'x' }), 'x').subarray(0, -1024)
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['an end mark', Buffer.alloc(1024), 'empty'],
    ['half a header', good.subarray(0, 300), 'broken'],
    ['a wrong checksum', Buffer.concat([Buffer.from('bad'), good.subarray(3)]), 'broken'],
    ['no archive', Buffer.alloc(600, 'x'), 'broken'],
    ['half a file', good.subarray(0, 514), 'broken'],
    ['a flood of extensions', Buffer.concat(Array(20).fill(extension)), 'broken'],
    ['a huge extension', retyped(tar({ path: 'x', content: Buffer.alloc(70_000) }), 'x'), 'broken'],
  ])('%s', async (_, archive, kind) => expect((await read(archive)).kind).toBe(kind))
  it.each(['=', ' =', '9999 a=b', '-1 a=b', '3 a', 'x y=z'])(
    'PAX records that make no sense: %j',
    async (content) => {
      const pax = retyped(tar({ path: 'x', content }), 'x').subarray(0, -1024)
      expect(await read(Buffer.concat([pax, good]))).toMatchObject({ entry: { kind: 'file' } })
    },
  )
})

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const length = rest.length + String(rest.length + 3).length
  return `${length}${rest}`
}

function retyped(archive: Buffer, type: string): Buffer {
  archive.write(type, 156)
  return checksummed(archive)
}

function checksummed(archive: Buffer): Buffer {
  archive.fill(' ', 148, 156)
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return archive
}
