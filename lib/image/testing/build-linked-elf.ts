import { buildElf, type ElfShape } from './build-elf.ts'

/** What an ELF file with segments says of itself. */
export interface LinkedElfShape extends ElfShape {
  readonly needed?: readonly string[]
  readonly soname?: string
  /** `p_align` of its PT_LOAD entries. */
  readonly aligns?: readonly number[]
  /** Owner, type, content; those of GNU properties are aligned to eight bytes in 64-bit files. */
  readonly notes?: readonly (readonly [string, number, Uint8Array])[]
  /** Content of the writable segment. */
  readonly data?: Uint8Array
}

const ADDRESS = 0x10000

/** An ELF file with a dynamic section, notes and data, laid out one after the other behind its headers. */
export function buildLinkedElf(shape: LinkedElfShape): Buffer {
  const is64 = shape.bits !== 32
  const isLittle = shape.byteOrder !== 'big'
  const noteAlign = is64 ? 8 : 4
  const words = (...values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * (is64 ? 8 : 4))
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    values.forEach((value, at) => {
      if (is64) view.setBigUint64(at * 8, BigInt(value), isLittle)
      else view.setUint32(at * 4, value, isLittle)
    })
    return bytes
  }
  const halves = (...values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 4)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    values.forEach((value, at) => {
      view.setUint32(at * 4, value, isLittle)
    })
    return bytes
  }
  const filled = (bytes: Uint8Array, unit: number) =>
    Buffer.concat([bytes, Buffer.alloc((unit - (bytes.byteLength % unit)) % unit)])

  const strings = Buffer.from(`\0${[...(shape.needed ?? []), shape.soname ?? ''].join('\0')}\0`)
  const stringAt = (text: string) => strings.indexOf(`\0${text}\0`) + 1
  const notes = Buffer.concat(
    (shape.notes ?? []).map(([owner, type, content]) => {
      const name = Buffer.from(`${owner}\0`)
      const head = Buffer.concat([halves(name.length, content.byteLength, type), name])
      return Buffer.concat([filled(head, noteAlign), filled(content, noteAlign)])
    }),
  )
  const aligns = shape.aligns ?? [0x1000]
  const count = aligns.length + 3
  const headerBytes = is64 ? 64 : 52
  const entryBytes = is64 ? 56 : 32
  const stringsAt = filled(Buffer.alloc(headerBytes + count * entryBytes), 16).length
  const notesAt = stringsAt + filled(strings, 16).length
  const dynamicAt = notesAt + filled(notes, 16).length
  const dynamic = Buffer.concat([
    ...(shape.needed ?? []).map((name) => words(1, stringAt(name))),
    ...(shape.soname ? [words(14, stringAt(shape.soname))] : []),
    words(5, ADDRESS + stringsAt),
    words(0, 0),
  ])
  const dataAt = dynamicAt + filled(dynamic, 16).length
  const data = Buffer.from(shape.data ?? '')

  const entry = (type: number, flags: number, offset: number, size: number, align: number) => {
    const address = ADDRESS + offset
    return is64
      ? Buffer.concat([halves(type, flags), words(offset, address, address, size, size, align)])
      : halves(type, offset, address, address, size, size, flags, align)
  }
  const file = Buffer.concat([
    buildElf(shape).subarray(0, headerBytes),
    ...aligns.map((align) => entry(1, 5, 0, dataAt, align)),
    entry(2, 6, dynamicAt, dynamic.length, 8),
    entry(4, 4, notesAt, notes.length, noteAlign),
    entry(1, 6, dataAt, data.length, 0x10),
  ])
  const whole = Buffer.concat([
    filled(file, 16),
    filled(strings, 16),
    filled(notes, 16),
    filled(dynamic, 16),
    data,
  ])
  const view = new DataView(whole.buffer, whole.byteOffset)
  view.setUint16(is64 ? 56 : 44, count, isLittle)
  return whole
}
