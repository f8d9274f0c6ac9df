import { describe, expect, it } from 'vitest'
import { readElf } from './elf.ts'
import { elfDetailRanges, readElfDetails } from './elf-details.ts'
import { elfShapes } from './testing/build-elf.ts'
import { buildLinkedElf, type LinkedElfShape } from './testing/build-linked-elf.ts'

function elfOf(bytes: Uint8Array) {
  const reading = readElf(bytes)
  if (reading?.kind !== 'elf') throw new Error('not an ELF')
  return reading.elf
}
const within = (bytes: Uint8Array) => (offset: number, length: number) =>
  offset + length <= bytes.byteLength ? bytes.subarray(offset, offset + length) : undefined
const details = (shape: LinkedElfShape) => {
  const bytes = buildLinkedElf(shape)
  return readElfDetails(elfOf(bytes), within(bytes))
}
const property = (type: number, bits: number, is64 = true) => {
  const bytes = Buffer.alloc(is64 ? 16 : 12)
  bytes.writeUInt32LE(type, 0)
  bytes.writeUInt32LE(4, 4)
  bytes.writeUInt32LE(bits, 8)
  return bytes
}
const text = (content: string) => Buffer.concat([varint(content.length), Buffer.from(content)])
const varint = (value: number) => Buffer.from(value < 128 ? [value] : [(value & 0x7f) | 0x80, value >> 7])
const goData = (version: string, modules: string) => {
  const head = Buffer.alloc(32)
  head.write('\xff Go buildinf:', 0, 'latin1')
  head.set([8, 2], 14)
  const frame = Buffer.alloc(16, 'm')
  return Buffer.concat([Buffer.alloc(16), head, text(version), text(`${frame}${modules}${frame}`)])
}

describe('dynamic section and segments, in the file’s own width and byte order', () => {
  it.each(Object.entries(elfShapes))('%s', (_, shape) => {
    const linked = {
      ...shape,
      needed: ['libm.so.6', 'libc.so.6'],
      soname: 'libx.so.1',
      aligns: [0x1000, 0x10000],
    }
    expect(details(linked)).toEqual({
      needed: ['libm.so.6', 'libc.so.6'],
      soname: 'libx.so.1',
      maxAlignBytes: 0x10000,
    })
  })
  it('a static program needs nothing', () =>
    expect(details({ aligns: [0x200000] })).toEqual({ maxAlignBytes: 0x200000 }))
})

describe('notes', () => {
  it('build id beside the note of another owner', () =>
    expect(
      details({
        notes: [
          ['Go', 4, Buffer.from('x')],
          ['GNU', 3, Buffer.from([0xde, 0xad, 0xbe, 0xef, 1])],
        ],
      }),
    ).toMatchObject({ buildId: 'deadbeef01' }))
  it.each([
    [1, 1],
    [3, 2],
    [4, 3],
    [8, 4],
    [15, 4],
  ])('x86-64 level of bits %i is v%i', (bits, level) =>
    expect(details({ notes: [['GNU', 5, property(0xc0008002, bits)]] }).isaLevel).toBe(level),
  )
  it('another property says no level', () =>
    expect(details({ notes: [['GNU', 5, property(0xc0000002, 3)]] })).not.toHaveProperty('isaLevel'))
})

describe('Go', () => {
  const modules =
    'path\texample.org/app/cmd\nmod\texample.org/app\t(devel)\ndep\tgolang.org/x/sys\tv0.1.0\th1:x=\ndep\ta\tv1\n=>\tb\tv2\th1:y=\nbuild\tGOARCH=ppc64le\nbuild\tGOPPC64=power9\nbuild\t-ldflags="-s -w"\n'
  it('version, modules and settings', () =>
    expect(details({ data: goData('go1.22.1', modules) }).go).toEqual({
      version: 'go1.22.1',
      path: 'example.org/app/cmd',
      modules: [
        { name: 'example.org/app', version: '(devel)' },
        { name: 'golang.org/x/sys', version: 'v0.1.0' },
        { name: 'b', version: 'v2' },
      ],
      settings: { GOARCH: 'ppc64le', GOPPC64: 'power9', '-ldflags': '-s -w' },
    }))
  it('a version alone, where the module text is not framed', () => {
    const data = goData('go1.22.1', '').subarray(0, 16 + 32 + 9)
    expect(details({ data: Buffer.concat([data, text('path\tx\n')]) }).go).toEqual({
      version: 'go1.22.1',
      modules: [],
      settings: {},
    })
  })
  it.each([
    [8, 'little'],
    [8, 'big'],
    [4, 'little'],
    [4, 'big'],
  ] as const)('of Go before 1.18, by pointers of %i bytes, %s', (unit, byteOrder) => {
    const version = Buffer.from('go1.17.13')
    const framed = Buffer.from(`${'x'.repeat(16)}${modules}${'y'.repeat(16)}`)
    const build = (...values: readonly number[]) => {
      const words = values.map((value) => {
        const word = Buffer.alloc(unit)
        if (byteOrder === 'big') word.writeUInt32BE(value, unit - 4)
        else word.writeUInt32LE(value)
        return word
      })
      const mark = Buffer.from('\xff Go buildinf:\0\0', 'latin1')
      mark[14] = unit
      mark[15] = byteOrder === 'big' ? 1 : 0
      const data = Buffer.concat([mark, ...words, version, framed])
      return buildLinkedElf({ bits: unit === 8 ? 64 : 32, byteOrder, data })
    }
    const at = 0x10000 + build(0, 0, 0, 0, 0, 0).indexOf('\xff Go buildinf:', 0, 'latin1')
    const headers = at + 16 + 2 * unit
    const texts = headers + 4 * unit
    const bytes = build(
      ...[headers, headers + 2 * unit],
      ...[texts, version.length, texts + version.length, framed.length],
    )
    const { go } = readElfDetails(elfOf(bytes), within(bytes))
    expect(go).toMatchObject({ version: 'go1.17.13', settings: { GOARCH: 'ppc64le' } })
    expect(go?.modules).toHaveLength(3)
    const nowhere = build(...[headers, 0xffffff00], ...[0xffffff00, version.length, texts, 0xffffffff])
    expect(readElfDetails(elfOf(nowhere), within(nowhere))).not.toHaveProperty('go')
  })
  it('is not found where its mark is not aligned, or is the pointer of old versions that leads nowhere', () => {
    const data = goData('go1.22.1', modules)
    expect(details({ data: Buffer.concat([Buffer.alloc(1), data]) })).not.toHaveProperty('go')
    data[31] = 0
    expect(details({ data })).not.toHaveProperty('go')
  })
})

describe('garbage', () => {
  const whole = buildLinkedElf({
    needed: ['libc.so.6'],
    notes: [['GNU', 3, Buffer.alloc(20, 1)]],
    data: goData('go1.20', 'path\tx\n'),
  })
  it('of any kind says less, and never throws anything but a range error', () => {
    for (let at = 64; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes.fill(0xff, at, Math.min(at + 8, bytes.length))
      try {
        readElfDetails(elfOf(bytes), within(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
  })
  it('a file cut off anywhere', () => {
    for (let end = 64; end < whole.length; end += 7) {
      expect(() =>
        readElfDetails(elfOf(whole.subarray(0, 300)), within(whole.subarray(0, end))),
      ).not.toThrow()
    }
  })
})

describe('a large file', () => {
  it('is known by its head and a few ranges', () => {
    const bytes = buildLinkedElf({ needed: ['libc.so.6'], data: goData('go1.20', 'path\tx\n') })
    const ranges = elfDetailRanges(elfOf(bytes), within(bytes))
    const known = (offset: number, length: number) =>
      offset + length <= 512 ||
      ranges.some(([start, size]) => offset >= start && offset + length <= start + size)
        ? within(bytes)(offset, length)
        : undefined
    expect(readElfDetails(elfOf(bytes), known)).toEqual(readElfDetails(elfOf(bytes), within(bytes)))
  })
})
