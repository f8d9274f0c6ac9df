import { describe, expect, it } from 'vitest'
import { type ElfReading, readElf } from './elf.ts'
import { buildElf, type ElfShape, elfShapes } from './testing/build-elf.ts'

function elfOf(reading: ElfReading | undefined) {
  if (reading?.kind !== 'elf') throw new Error(`not an ELF: ${JSON.stringify(reading)}`)
  return reading.elf
}
const shapes: [string, ElfShape][] = Object.entries(elfShapes)

describe('the header is read in the file’s own byte order', () => {
  it.each(shapes)('%s', (_, shape) =>
    expect(elfOf(readElf(buildElf(shape)))).toEqual({
      bits: shape.bits ?? 64,
      byteOrder: shape.byteOrder ?? 'little',
      machine: shape.machine,
      osAbi: 0,
      type: 'executable',
      flags: shape.flags ?? 0,
      linkage: { kind: 'static' },
    }),
  )
})

describe('the loader', () => {
  const interpreter = '/lib64/ld64.so.2'
  it.each(shapes)('of %s is found within the first bytes', (_, shape) =>
    expect(elfOf(readElf(buildElf({ ...shape, interpreter }))).linkage).toEqual({
      kind: 'dynamic',
      interpreter,
    }),
  )
  it('is read further back where a reader is given', () => {
    const far = buildElf({ interpreter, interpreterOffset: 100_000 })
    const asked: number[][] = []
    const elf = elfOf(
      readElf(far, (offset, lengthBytes) => {
        asked.push([offset, lengthBytes])
        return Buffer.from(`${interpreter}\0`)
      }),
    )
    expect(elf.linkage).toEqual({ kind: 'dynamic', interpreter })
    expect(asked).toEqual([[100_000, interpreter.length + 1]])
  })
  it.each([
    ['without a reader', undefined],
    ['where the reader finds less', () => Buffer.from('/li')],
    ['where the reader finds nothing', () => undefined],
  ])('is not guessed %s', (_, readAt) =>
    expect(elfOf(readElf(buildElf({ interpreter, interpreterOffset: 100_000 }), readAt)).linkage).toEqual({
      kind: 'unread',
    }),
  )
  it('is not guessed where the program headers are cut off', () =>
    expect(elfOf(readElf(buildElf({ interpreter }).subarray(0, 100))).linkage).toEqual({ kind: 'unread' }))
  it('is not guessed where the number of program headers does not fit its field', () =>
    expect(elfOf(readElf(patched({ at: 56, bytes: [0xff, 0xff] }))).linkage).toEqual({ kind: 'unread' }))
  it('is none where there are no program headers', () =>
    expect(elfOf(readElf(patched({ at: 56, bytes: [0, 0] }))).linkage).toEqual({ kind: 'static' }))
  it('may have an offset beyond every file', () =>
    expect(
      elfOf(readElf(patched({ at: 64 + 56 + 8, bytes: Array(8).fill(0xff) }, interpreter))).linkage,
    ).toEqual({ kind: 'unread' }))
})

it.each([
  [1, 'relocatable'],
  [2, 'executable'],
  [3, 'shared'],
  [4, 'core'],
  [0xfe00, 'other'],
])('type %i is %s', (type, name) => expect(elfOf(readElf(buildElf({ type }))).type).toBe(name))

describe('what is malformed says why', () => {
  const interpreter = '/lib/ld.so'
  const nameSizeAt = 64 + 56 + 32
  it.each([
    ['a class of neither width', patched({ at: 4, bytes: [7] }), 'class'],
    ['a byte order of neither kind', patched({ at: 5, bytes: [0] }), 'byte order'],
    ['nothing behind the magic', buildElf().subarray(0, 4), 'class'],
    ['nothing behind the class', buildElf().subarray(0, 5), 'byte order'],
    ['a header that is cut off', buildElf().subarray(0, 63), '63 bytes'],
    ['program headers too small to be some', patched({ at: 54, bytes: [8, 0] }), 'program headers'],
    ['a loader without a name', buildElf({ interpreter: '' }), 'loader'],
    ['a loader whose name has no end', patched({ at: nameSizeAt, bytes: [5] }, interpreter), 'no end'],
    ['a loader whose name is endless', patched({ at: nameSizeAt, bytes: [0, 0, 1] }, interpreter), 'loader'],
  ])('%s', (_, file, reason) =>
    expect(readElf(file)).toEqual({ kind: 'broken', reason: expect.stringContaining(reason) }),
  )
  it('and what does not start like ELF is none', () => {
    expect(readElf(Buffer.from('#!/bin/sh\n'))).toBeUndefined()
    expect(readElf(new Uint8Array())).toBeUndefined()
  })
  it('whatever byte is wrong, nothing is thrown', () => {
    const good = buildElf({ interpreter })
    for (let at = 0; at < good.length; at++) {
      for (const byte of [0, 1, 0x7f, 0xff]) {
        const bad = Buffer.from(good)
        bad[at] = byte
        expect(() => readElf(bad, () => undefined)).not.toThrow()
      }
      expect(() => readElf(good.subarray(0, at))).not.toThrow()
    }
  })
})

function patched({ at, bytes }: { at: number; bytes: readonly number[] }, interpreter?: string): Buffer {
  const file = buildElf(interpreter === undefined ? {} : { interpreter })
  file.set(bytes, at)
  return file
}
