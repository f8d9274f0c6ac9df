import { zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type BuiltEstargz, buildEstargz } from '#lib/image/testing/build-estargz.ts'
import type { TarShape } from '#lib/image/testing/build-tar.ts'
import { readBytes } from '#lib/image/testing/read-bytes.ts'
import { digestOf } from '#lib/oci/verify-bytes.ts'
import { readTable } from './read-table.ts'
import { tablePlace } from './table-place.ts'

const shapes: readonly TarShape[] = [
  { name: 'etc/', type: '5', mode: 0o700 },
  { name: 'etc/passwd', content: 'root', mode: 0o4600, uid: 7, gid: 8 },
  { name: 'etc/again', type: '1', linkName: 'etc/passwd' },
  { name: 'lib', type: '2', linkName: 'usr/lib', mode: 0o777 },
  { name: 'below', type: '1', linkName: 'not/here' },
  { name: 'empty' },
  { name: 'old/.wh.gone' },
  { name: 'old/.wh..wh..opq' },
  { name: './odd/../../up', content: 'x' },
]
const PREFIX = 'io.github.containers.zstd-chunked'

/** Reads the table of these bytes and tells which parts were asked for. */
async function list({ bytes, annotations }: Pick<BuiltEstargz, 'bytes' | 'annotations'>) {
  const asked: [number, number][] = []
  const place = tablePlace(annotations)
  if (!place) throw new Error('no table is named')
  const listing = await readTable(place, bytes.length, async (offset, lengthBytes) => {
    asked.push([offset, lengthBytes])
    return bytes.subarray(offset, offset + lengthBytes)
  })
  return { listing, asked }
}

function chunked(table: unknown): { bytes: Buffer; annotations: Record<string, string> } {
  const json = Buffer.from(JSON.stringify(table))
  const packed = zstdCompressSync(json)
  return {
    bytes: Buffer.concat([Buffer.alloc(100), packed, Buffer.alloc(72)]),
    annotations: {
      [`${PREFIX}.manifest-checksum`]: digestOf(packed),
      [`${PREFIX}.manifest-position`]: `100:${packed.length}:${json.length}:1`,
    },
  }
}

describe('the table of contents of a layer', () => {
  it('says of eStargz what reading the layer says, in two short requests', async () => {
    const layer = buildEstargz(shapes)
    const { diffId: _, unpackedBytes: __, databases: ___, ...read } = await readBytes(layer.bytes)
    const { listing, asked } = await list(layer)
    const { chunkRow, ...told } = listing ?? {}
    expect(told).toEqual(read)
    expect(chunkRow).toHaveLength(2 * 5)
    expect(listing?.entries.map(({ path }) => path)).toContain('stargz.index.json')
    expect(asked).toHaveLength(2)
  })
  it('of zstd:chunked by its annotations, further chunks passed over', async () => {
    const digest = digestOf(Buffer.from('root'))
    const { listing, asked } = await list(
      chunked({
        version: 1,
        entries: [
          { type: 'reg', name: 'a', size: 4, mode: 0o100644, digest, offset: 1 },
          { type: 'chunk', name: 'a', offset: 2, chunkOffset: 2 },
          { type: 'reg', name: 'empty' },
        ],
      }),
    )
    expect(asked).toHaveLength(1)
    expect(listing?.entries).toMatchObject([
      { path: 'a', type: 'file', sizeBytes: 4, mode: 0o644, sha256: digest.slice(7) },
      { path: 'empty', sha256: digestOf(Buffer.alloc(0)).slice(7) },
    ])
  })
  it.each<[string, (entries: Record<string, unknown>[]) => void]>([
    ['a hash is missing', (entries) => delete entries[1]?.digest],
    ['a type is not known', (entries) => Object.assign(entries[0] ?? {}, { type: 'constructor' })],
    ['a size is negative', (entries) => Object.assign(entries[1] ?? {}, { size: -1 })],
    ['a size is none', (entries) => Object.assign(entries[1] ?? {}, { size: '4' })],
    ['a name is none', (entries) => Object.assign(entries[1] ?? {}, { name: { length: 3 } })],
    ['a name is endless', (entries) => Object.assign(entries[1] ?? {}, { name: 'a/'.repeat(5000) })],
    ['an entry is none', (entries) => entries.push(null as never)],
  ])('is not used when %s', async (_, change) => {
    expect((await list(buildEstargz(shapes, change))).listing).toBeUndefined()
  })
  it('is not used when it is not the one the manifest vouches for', async () => {
    const lying = buildEstargz(shapes, (entries) => entries.pop())
    const { annotations } = buildEstargz(shapes)
    expect((await list({ ...lying, annotations })).listing).toBeUndefined()
    const other = chunked({ version: 1, entries: [] })
    other.bytes.fill(1, 100, 110)
    expect((await list(other)).listing).toBeUndefined()
  })
  it('is not used when the footer leads nowhere, or is none', async () => {
    const { bytes, annotations } = buildEstargz(shapes)
    for (const offset of ['0000000000000000', 'ffffffffffffffff', '00000000000000zz']) {
      const wrong = Buffer.from(bytes)
      wrong.write(offset, bytes.length - 35)
      expect((await list({ bytes: wrong, annotations })).listing).toBeUndefined()
    }
    expect((await list({ bytes: Buffer.alloc(10), annotations })).listing).toBeUndefined()
    expect((await list({ bytes: Buffer.alloc(100), annotations })).listing).toBeUndefined()
  })
  it('is not used when it unpacks to far more than it says, and not asked for when it says so', async () => {
    const bomb = chunked({ version: 1, entries: [], fill: ' '.repeat(20 << 20) })
    expect(await list(bomb)).toEqual({ listing: undefined, asked: [] })
    const position = bomb.annotations[`${PREFIX}.manifest-position`]?.replace(/:\d+:1$/, ':100:1') ?? ''
    const annotations = { ...bomb.annotations, [`${PREFIX}.manifest-position`]: position }
    expect((await list({ ...bomb, annotations })).listing).toBeUndefined()
  })
  it('is not looked for without a digest, or at a place that is none', () => {
    const checksum = digestOf(Buffer.from(''))
    expect(tablePlace({})).toBeUndefined()
    expect(tablePlace({ 'containerd.io/snapshot/stargz/toc.digest': 'sha256:1' })).toBeUndefined()
    for (const position of ['', '1:2:3', '-1:2:3:1', '1:2:3:2', '1e9:2:3:1']) {
      const annotations = {
        [`${PREFIX}.manifest-checksum`]: checksum,
        [`${PREFIX}.manifest-position`]: position,
      }
      expect(tablePlace(annotations)).toBeUndefined()
    }
  })
})
