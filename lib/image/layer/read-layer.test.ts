import { createHash, randomBytes } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { buildElf } from '../testing/build-elf.ts'
import { buildTar, member, octal } from '../testing/build-tar.ts'
import { entryAt, inPieces, readBytes, readMembers } from '../testing/read-bytes.ts'
import { readLayer } from './read-layer.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const archive = buildTar(
  { name: './', type: '5' },
  { name: './usr/', type: '5', mode: 0o1777, uid: 3, gid: 4 },
  { name: './usr/app', content: 'hello', mode: 0o4755 },
  { name: './usr/link', type: '2', linkName: '../app' },
)

describe('a layer is unpacked by what it is, not by what it is called', () => {
  const half = Math.floor(archive.length / 2)
  const packings: [string, string, Buffer][] = [
    ['plain', 'none', archive],
    ['gzip', 'gzip', gzipSync(archive)],
    [
      'gzip of several members',
      'gzip',
      Buffer.concat([gzipSync(archive.subarray(0, half)), gzipSync(archive.subarray(half))]),
    ],
    ['zstd', 'zstd', zstdCompressSync(archive)],
    [
      'zstd of several frames, one to be skipped',
      'zstd',
      Buffer.concat([
        zstdCompressSync(archive.subarray(0, half)),
        Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]),
        zstdCompressSync(archive.subarray(half)),
      ]),
    ],
  ]
  it.each(packings)('%s', async (_, compression, bytes) => {
    for (const pieceBytes of [1, 7, 1000, 1 << 20]) {
      const facts = await readBytes(bytes, { diffId: digestOf(archive), pieceBytes })
      expect(facts).toMatchObject({ compression, diffId: digestOf(archive), unpackedBytes: archive.length })
      expect(facts.entries).toEqual([
        { path: '', type: 'directory', sizeBytes: 0, mode: 0o755, uid: 0, gid: 0 },
        { path: 'usr', type: 'directory', sizeBytes: 0, mode: 0o1777, uid: 3, gid: 4 },
        {
          path: 'usr/app',
          type: 'file',
          sizeBytes: 5,
          mode: 0o4755,
          uid: 0,
          gid: 0,
          sha256: sha256('hello'),
        },
        {
          path: 'usr/link',
          type: 'symlink',
          sizeBytes: 0,
          mode: 0o644,
          uid: 0,
          gid: 0,
          linkTarget: '../app',
        },
      ])
    }
  })
  it.each([
    ['bzip2', Buffer.from('BZh91AY&SY')],
    ['xz', Buffer.from('\xfd7zXZ\0\0', 'latin1')],
  ])('%s is named, not read', (name, bytes) =>
    expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'layer_unsupported',
      message: expect.stringContaining(name),
    }),
  )
})

describe('content is hashed and looked at whatever its size', () => {
  it.each([0, 1, 511, 512, 513, 70_000, 3_000_000])('%i bytes', async (sizeBytes) => {
    const content = randomBytes(sizeBytes)
    const facts = await readMembers({ name: 'data', content }, { name: 'next', content: 'x' })
    expect(entryAt(facts, 'data')).toMatchObject({ sizeBytes, sha256: sha256(content) })
    expect(entryAt(facts, 'next')).toMatchObject({ sha256: sha256('x') })
  })
  it('of an ELF file that comes in many pieces', async () => {
    const content = Buffer.concat([
      buildElf({ machine: 21, interpreter: '/lib64/ld64.so.2' }),
      randomBytes(3 << 20),
    ])
    expect(entryAt(await readMembers({ name: 'app', content }), 'app').program).toMatchObject({
      kind: 'elf',
      machine: 21,
      linkage: { kind: 'dynamic', interpreter: '/lib64/ld64.so.2' },
    })
  })
  it('of an ELF file too large to be held', async () => {
    const content = Buffer.concat([buildElf({ machine: 22, byteOrder: 'big' }), Buffer.alloc(40 << 20)])
    const entry = entryAt(await readMembers({ name: 'app', content }), 'app')
    expect(entry).toMatchObject({ sha256: sha256(content), program: { kind: 'elf', machine: 22 } })
  })
  it.each<[string, string | Buffer, object]>([
    [
      'a script',
      '#!/usr/bin/env python3\n',
      { kind: 'script', interpreter: '/usr/bin/env', argument: 'python3' },
    ],
    ['Windows', 'MZ\x90', { kind: 'pe' }],
    ['macOS', Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0, 0, 0, 0]), { kind: 'mach-o' }],
    ['WebAssembly', Buffer.from('\0asm\x01\0\0\0', 'latin1'), { kind: 'wasm' }],
    ['garbage ELF', Buffer.from('\x7fELF\x09\x09', 'latin1'), { kind: 'broken-elf' }],
  ])('%s is recognised', async (_, content, program) =>
    expect(entryAt(await readMembers({ name: 'app', content }), 'app').program).toMatchObject(program),
  )
  it('text and data are no programs', async () => {
    const { entries } = await readMembers({ name: 'a', content: 'text' }, { name: 'b', content: '\0\0\0\0' })
    expect(entries.filter((entry) => 'program' in entry)).toEqual([])
  })
})

describe('what does not match is refused', () => {
  const gzip = gzipSync(archive)
  it('another digest', () =>
    expect(readBytes(gzip, { digest: digestOf(Buffer.from('x')) })).rejects.toMatchObject({
      code: 'digest_mismatch',
    }))
  it('more bytes than stated', () =>
    expect(readBytes(gzip, { sizeBytes: gzip.length - 1 })).rejects.toMatchObject({
      code: 'digest_mismatch',
    }))
  it('fewer bytes than stated', () =>
    expect(readBytes(gzip, { sizeBytes: gzip.length + 1 })).rejects.toMatchObject({
      code: 'digest_mismatch',
    }))
  it('a cut-off transfer is that, not a broken layer', () =>
    expect(
      readLayer(inPieces(gzip.subarray(0, 100), 50), { digest: digestOf(gzip), sizeBytes: gzip.length }),
    ).rejects.toMatchObject({ code: 'digest_mismatch' }))
  it('another diffID', () =>
    expect(readBytes(gzip, { diffId: digestOf(gzip) })).rejects.toMatchObject({
      code: 'layer_diff_id_mismatch',
    }))
  it.each([
    ['gzip', gzipSync(archive)],
    ['zstd', zstdCompressSync(archive)],
    ['plain', archive.subarray(0, 1800)],
  ])('a truncated %s layer', async (kind, bytes) =>
    expect(readBytes(kind === 'plain' ? bytes : bytes.subarray(0, -20))).rejects.toMatchObject({
      code: 'layer_truncated',
    }),
  )
  it('garbage within gzip', () => {
    const bytes = Buffer.from(gzip)
    bytes.fill(0xff, 40, 60)
    return expect(readBytes(bytes)).rejects.toMatchObject({ code: 'layer_invalid' })
  })
  it('something that is no archive', () =>
    expect(readBytes(randomBytes(2000))).rejects.toMatchObject({ code: 'layer_invalid' }))
  it('what the source fails with is passed on', async () => {
    async function* failing() {
      yield gzip.subarray(0, 100)
      throw new Error('the network is gone')
    }
    const request = { digest: digestOf(gzip), sizeBytes: gzip.length }
    await expect(readLayer(failing(), request)).rejects.toThrow('the network is gone')
  })
})

describe('limits fail the layer, each under its own name', () => {
  it('a zip bomb', () =>
    expect(
      readBytes(gzipSync(buildTar({ name: 'zeros', content: Buffer.alloc(8 << 20) })), {
        limits: { ratioFromBytes: 1 << 20 },
      }),
    ).rejects.toMatchObject({ code: 'layer_too_dense' }))
  it('zeros below the limit are no bomb', () =>
    expect(readMembers({ name: 'zeros', content: Buffer.alloc(8 << 20) })).resolves.toBeDefined())
  it('the stream', () =>
    expect(readBytes(archive, { limits: { streamBytes: 1000 } })).rejects.toMatchObject({
      code: 'layer_too_large',
    }))
  it('one file', () =>
    expect(readBytes(archive, { limits: { entryBytes: 4 } })).rejects.toMatchObject({
      code: 'layer_entry_too_large',
    }))
  it('a path', () =>
    expect(readMembers({ name: 'short', pax: { path: `${'x'.repeat(4097)}` } })).rejects.toMatchObject({
      code: 'layer_path_too_long',
    }))
  it('extension headers', () =>
    expect(readMembers({ name: 'a', pax: { comment: 'x'.repeat(2 << 20) } })).rejects.toMatchObject({
      code: 'layer_invalid',
    }))
  it('empty entries without end', async () => {
    const one = Buffer.concat(member({ name: 'empty' }))
    const many = Buffer.concat(Array.from({ length: 1000 }, () => one))
    async function* endless() {
      for (;;) yield many
    }
    const request = { digest: digestOf(one), sizeBytes: 1e12 }
    await expect(readLayer(endless(), request, { limits: { entries: 50_000 } })).rejects.toMatchObject({
      code: 'layer_entries_too_many',
    })
  })
  it('the source is told to stop', async () => {
    let stopped = false
    async function* endless() {
      try {
        for (;;) yield Buffer.concat(member({ name: 'empty' }))
      } finally {
        stopped = true
      }
    }
    const request = { digest: digestOf(archive), sizeBytes: 1e12 }
    await expect(readLayer(endless(), request, { limits: { entries: 10 } })).rejects.toThrow()
    expect(stopped).toBe(true)
  })
  it('a sparse file of 4 GiB is listed and not hashed', async () => {
    const facts = await readMembers(
      { name: 'huge', pax: { 'GNU.sparse.size': String(2 ** 32), 'GNU.sparse.map': '0,3' }, content: 'abc' },
      { name: 'next', content: 'x' },
    )
    expect(entryAt(facts, 'huge')).toEqual({
      path: 'huge',
      type: 'file',
      sizeBytes: 2 ** 32,
      mode: 0o644,
      uid: 0,
      gid: 0,
    })
    expect(facts.notes).toEqual([{ code: 'sparse_not_hashed', path: 'huge' }])
    expect(entryAt(facts, 'next').sha256).toBe(sha256('x'))
  })
})

describe('sparse files are hashed with their holes', () => {
  const real = Buffer.alloc(10_000)
  real.write('abc', 0)
  real.write('defg', 5_000)
  const content = 'abcdefg'
  const gnuMap = Buffer.concat([octal(0, 12), octal(3, 12), octal(5000, 12), octal(4, 12)])
  const gnuTail = (isContinued: boolean) =>
    Buffer.concat([Buffer.from([isContinued ? 1 : 0]), octal(10_000, 12)])
  const inContent = Buffer.alloc(512)
  inContent.write('2\n0\n3\n5000\n4\n')
  it.each([
    [
      'GNU',
      {
        name: 'f',
        type: 'S',
        content,
        overlay: [386, Buffer.concat([gnuMap, Buffer.alloc(48), gnuTail(false)])] as const,
      },
    ],
    [
      'GNU with a second block',
      {
        name: 'f',
        type: 'S',
        content,
        overlay: [386, Buffer.concat([gnuMap.subarray(0, 24), Buffer.alloc(72), gnuTail(true)])] as const,
        extraBlocks: Buffer.concat([gnuMap.subarray(24), Buffer.alloc(488)]),
      },
    ],
    ['PAX 0.1', { name: 'f', content, pax: { 'GNU.sparse.size': '10000', 'GNU.sparse.map': '0,3,5000,4' } }],
    [
      'PAX 1.0',
      {
        name: 'GNUSparseFile.0/f',
        content: Buffer.concat([inContent, Buffer.from(content)]),
        pax: {
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.name': 'f',
          'GNU.sparse.realsize': '10000',
        },
      },
    ],
  ])('%s', async (_, shape) =>
    expect(entryAt(await readMembers(shape, { name: 'next' }), 'f')).toMatchObject({
      sizeBytes: 10_000,
      sha256: sha256(real),
    }),
  )
  it('a map that makes no sense breaks the layer', () =>
    expect(
      readMembers({ name: 'f', content, pax: { 'GNU.sparse.size': '10', 'GNU.sparse.map': '5,3,0,4' } }),
    ).rejects.toMatchObject({ code: 'layer_invalid' }))
})
