/** What to write into the header; the rest is a small valid program of that shape. */
export interface ElfShape {
  /** 62 (x86-64) when absent. */
  readonly machine?: number
  /** 64 when absent. */
  readonly bits?: 32 | 64
  /** `little` when absent. */
  readonly byteOrder?: 'little' | 'big'
  readonly flags?: number
  readonly osAbi?: number
  /** `e_type`; 2 (executable) when absent. */
  readonly type?: number
  /** A PT_INTERP entry with this name. */
  readonly interpreter?: string
  /** Where the loader's name lies; behind the headers when absent. */
  readonly interpreterOffset?: number
}

/** The headers that Linux platforms expect, by architecture. */
export const elfShapes = {
  amd64: { machine: 62 },
  '386': { machine: 3, bits: 32 },
  arm64: { machine: 183 },
  arm: { machine: 40, bits: 32, flags: 0x05000400 },
  ppc64le: { machine: 21, flags: 2 },
  ppc64: { machine: 21, byteOrder: 'big', flags: 1 },
  s390x: { machine: 22, byteOrder: 'big' },
  riscv64: { machine: 243, flags: 5 },
  loong64: { machine: 258, flags: 3 },
  mips64le: { machine: 8 },
  mips: { machine: 8, bits: 32, byteOrder: 'big' },
} as const satisfies Readonly<Record<string, ElfShape>>

/** An ELF file of headers alone: a PT_LOAD, a PT_INTERP when asked for, no code. */
export function buildElf(shape: ElfShape = {}): Buffer {
  const is64 = shape.bits !== 32
  const isLittle = shape.byteOrder !== 'big'
  const headerBytes = is64 ? 64 : 52
  const entryBytes = is64 ? 56 : 32
  const name = shape.interpreter === undefined ? undefined : Buffer.from(`${shape.interpreter}\0`)
  const count = name === undefined ? 1 : 2
  const nameOffset = shape.interpreterOffset ?? headerBytes + count * entryBytes
  const file = Buffer.alloc(
    headerBytes + count * entryBytes + (shape.interpreterOffset ? 0 : (name?.length ?? 0)),
  )
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const word = (at: number, value: number) =>
    is64 ? view.setBigUint64(at, BigInt(value), isLittle) : view.setUint32(at, value, isLittle)

  file.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1, shape.osAbi ?? 0])
  view.setUint16(16, shape.type ?? 2, isLittle)
  view.setUint16(18, shape.machine ?? 62, isLittle)
  view.setUint32(20, 1, isLittle)
  word(is64 ? 32 : 28, headerBytes)
  view.setUint32(is64 ? 48 : 36, shape.flags ?? 0, isLittle)
  view.setUint16(is64 ? 54 : 42, entryBytes, isLittle)
  view.setUint16(is64 ? 56 : 44, count, isLittle)
  view.setUint32(headerBytes, 1, isLittle)
  if (name !== undefined) {
    const entry = headerBytes + entryBytes
    view.setUint32(entry, 3, isLittle)
    word(entry + (is64 ? 8 : 4), nameOffset)
    word(entry + (is64 ? 32 : 16), name.length)
    if (shape.interpreterOffset === undefined) file.set(name, nameOffset)
  }
  return file
}
