import type { Elf, ReadAt } from './elf.ts'
import { type GoBuild, readGoBuild } from './go-build.ts'

/** What an ELF file says beside its header. Absent what it does not say, or what lies outside what was read. */
export interface ElfDetails {
  /** DT_NEEDED, in order. */
  readonly needed?: readonly string[]
  /** DT_SONAME. */
  readonly soname?: string
  /** Largest `p_align` of the PT_LOAD entries: below 0x10000 a kernel with 64 KiB pages may refuse the file. */
  readonly maxAlignBytes?: number
  /** GNU_PROPERTY_X86_ISA_1_NEEDED: the lowest x86-64 level that has it all, 1 to 4. */
  readonly isaLevel?: number
  /** NT_GNU_BUILD_ID, hex. */
  readonly buildId?: string
  readonly go?: GoBuild
  /** It holds jemalloc, which stops on a kernel with larger pages than it was built for. Looked for on ppc64le and arm64. */
  readonly jemalloc?: true
}

interface Segment {
  readonly type: number
  readonly flags: number
  readonly offset: number
  readonly address: number
  readonly sizeBytes: number
  readonly align: number
}

const PT_LOAD = 1
const PT_DYNAMIC = 2
const PT_NOTE = 4
const PT_GNU_PROPERTY = 0x6474e553
const DT_NEEDED = 1
const DT_STRTAB = 5
const DT_SONAME = 14
const NT_GNU_BUILD_ID = 3
const NT_GNU_PROPERTY_TYPE_0 = 5
/** The older 0xc0008000 counts other instruction sets and says nothing of levels. */
const ISA_1_NEEDED = 0xc0008002
const PF_WRITABLE = 2
/** Bounds on tables of a foreign file; real ones are far below. */
const LIMITS = {
  segments: 512,
  dynamicBytes: 1 << 20,
  noteBytes: 1 << 20,
  needed: 4096,
  nameBytes: 4096,
  goBytes: 8 << 20,
}

/**
 * Reads segments, dynamic section, notes and Go's build information of a file whose header was read. Never throws:
 * tables that make no sense say nothing. https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
 */
export function readElfDetails(elf: Elf, readAt: ReadAt): ElfDetails {
  const file = new ElfFile(elf, readAt)
  const segments = file.segments()
  const loads = segments.filter(({ type }) => type === PT_LOAD)
  const aligns = loads.map(({ align }) => align)
  return {
    ...readDynamic(file, segments, loads),
    ...(aligns.length > 0 ? { maxAlignBytes: Math.max(...aligns) } : {}),
    ...readNotes(file, segments),
    ...goOf(file, loads),
  }
}

/** The parts of a large file that `readElfDetails` will want: `[offset, length]`, beside its first bytes. */
export function elfDetailRanges(elf: Elf, head: ReadAt): readonly (readonly [number, number])[] {
  const segments = new ElfFile(elf, head).segments()
  const wanted = segments.flatMap(({ type, flags, offset, sizeBytes }): [number, number][] => {
    if (type === PT_DYNAMIC || type === PT_NOTE || type === PT_GNU_PROPERTY) {
      return [[offset, Math.min(sizeBytes, LIMITS.dynamicBytes)]]
    }
    return type === PT_LOAD && flags & PF_WRITABLE ? [[offset, Math.min(sizeBytes, LIMITS.goBytes)]] : []
  })
  return wanted.slice(0, 64)
}

function readDynamic(file: ElfFile, segments: readonly Segment[], loads: readonly Segment[]) {
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC)
  const table = dynamic && file.read(dynamic.offset, Math.min(dynamic.sizeBytes, LIMITS.dynamicBytes))
  if (!table) return {}
  const entries = file.words(table)
  const strings = entries.find(([tag]) => tag === DT_STRTAB)?.[1]
  const start = strings === undefined ? undefined : offsetOf(loads, strings)
  if (start === undefined) return {}
  const needed = entries
    .filter(([tag]) => tag === DT_NEEDED)
    .slice(0, LIMITS.needed)
    .flatMap(([, at]) => file.text(start + at) ?? [])
  const named = entries.find(([tag]) => tag === DT_SONAME)?.[1]
  const soname = named === undefined ? undefined : file.text(start + named)
  return { ...(needed.length > 0 ? { needed } : {}), ...(soname ? { soname } : {}) }
}

/** Notes are aligned to four bytes, those of GNU properties to eight; `p_align` says which. */
function readNotes(file: ElfFile, segments: readonly Segment[]): Pick<ElfDetails, 'isaLevel' | 'buildId'> {
  let isaLevel: number | undefined
  let buildId: string | undefined
  for (const { type, offset, sizeBytes, align } of segments) {
    if (type !== PT_NOTE && type !== PT_GNU_PROPERTY) continue
    const bytes = file.read(offset, Math.min(sizeBytes, LIMITS.noteBytes))
    if (!bytes) continue
    for (const note of file.notes(bytes, align === 8 ? 8 : 4)) {
      if (note.type === NT_GNU_BUILD_ID) buildId ??= Buffer.from(note.content).toString('hex')
      if (note.type === NT_GNU_PROPERTY_TYPE_0) isaLevel ??= isaLevelOf(file, note.content)
    }
  }
  return { ...(isaLevel === undefined ? {} : { isaLevel }), ...(buildId ? { buildId } : {}) }
}

function isaLevelOf(file: ElfFile, content: Uint8Array): number | undefined {
  const view = viewOf(content)
  const unit = file.is64 ? 8 : 4
  for (let at = 0; at + 8 <= content.byteLength; ) {
    const type = view.getUint32(at, file.isLittle)
    const sizeBytes = view.getUint32(at + 4, file.isLittle)
    if (type === ISA_1_NEEDED && sizeBytes === 4 && at + 12 <= content.byteLength) {
      const bits = view.getUint32(at + 8, file.isLittle)
      return bits === 0 ? undefined : Math.min(4, 32 - Math.clz32(bits))
    }
    at += 8 + Math.ceil(sizeBytes / unit) * unit
  }
  return undefined
}

function goOf(file: ElfFile, loads: readonly Segment[]): Pick<ElfDetails, 'go'> {
  for (const { flags, offset, sizeBytes } of loads) {
    if (!(flags & PF_WRITABLE)) continue
    const data = file.readUpTo(offset, Math.min(sizeBytes, LIMITS.goBytes))
    const go =
      data &&
      readGoBuild(data, (address, lengthBytes) => {
        const at = offsetOf(loads, address)
        return at === undefined ? undefined : file.read(at, lengthBytes)
      })
    if (go) return { go }
  }
  return {}
}

function offsetOf(loads: readonly Segment[], address: number): number | undefined {
  const segment = loads.find((each) => address >= each.address && address < each.address + each.sizeBytes)
  return segment && address - segment.address + segment.offset
}

/** Fields of a file in its own width and byte order. */
class ElfFile {
  readonly is64: boolean
  readonly isLittle: boolean
  readonly read: ReadAt

  constructor(elf: Elf, readAt: ReadAt) {
    this.is64 = elf.bits === 64
    this.isLittle = elf.byteOrder === 'little'
    this.read = readAt
  }

  segments(): Segment[] {
    const header = this.read(0, this.is64 ? 64 : 52)
    if (!header) return []
    const view = viewOf(header)
    const entryBytes = view.getUint16(this.is64 ? 54 : 42, this.isLittle)
    const count = view.getUint16(this.is64 ? 56 : 44, this.isLittle)
    if (count > LIMITS.segments || entryBytes < (this.is64 ? 56 : 32)) return []
    const table = this.read(this.address(view, this.is64 ? 32 : 28), count * entryBytes)
    if (!table) return []
    return Array.from({ length: count }, (_, at) => {
      const entry = viewOf(table.subarray(at * entryBytes, (at + 1) * entryBytes))
      const [flags, offset, address, size, align] = this.is64 ? [4, 8, 16, 32, 48] : [24, 4, 8, 16, 28]
      return {
        type: entry.getUint32(0, this.isLittle),
        flags: entry.getUint32(flags ?? 0, this.isLittle),
        offset: this.address(entry, offset ?? 0),
        address: this.address(entry, address ?? 0),
        sizeBytes: this.address(entry, size ?? 0),
        align: this.address(entry, align ?? 0),
      }
    })
  }

  /** Pairs of a tag and a value, up to the empty one. */
  words(table: Uint8Array): [number, number][] {
    const view = viewOf(table)
    const unit = this.is64 ? 8 : 4
    const pairs: [number, number][] = []
    for (let at = 0; at + 2 * unit <= table.byteLength; at += 2 * unit) {
      const tag = this.address(view, at)
      if (tag === 0) break
      pairs.push([tag, this.address(view, at + unit)])
    }
    return pairs
  }

  *notes(bytes: Uint8Array, align: 4 | 8): Generator<{ type: number; content: Uint8Array }> {
    const view = viewOf(bytes)
    const aligned = (value: number) => Math.ceil(value / align) * align
    for (let at = 0; at + 12 <= bytes.byteLength; ) {
      const nameBytes = view.getUint32(at, this.isLittle)
      const contentBytes = view.getUint32(at + 4, this.isLittle)
      const start = at + aligned(12 + nameBytes)
      if (start + contentBytes > bytes.byteLength) return
      const isGnu = nameBytes === 4 && view.getUint32(at + 12, false) === 0x474e5500
      const type = view.getUint32(at + 8, this.isLittle)
      if (isGnu) yield { type, content: bytes.subarray(start, start + contentBytes) }
      at = start + aligned(contentBytes)
    }
  }

  /** Text up to its NUL, looked for in growing steps since nobody says how long it is. */
  text(offset: number): string | undefined {
    for (let length = 64; length <= LIMITS.nameBytes; length *= 4) {
      const bytes = this.readUpTo(offset, length)
      const end = bytes?.indexOf(0) ?? -1
      if (bytes && end >= 0) return Buffer.from(bytes.subarray(0, end)).toString()
    }
    return undefined
  }

  /** Fewer bytes where the file, or what is known of it, ends earlier. */
  readUpTo(offset: number, lengthBytes: number): Uint8Array | undefined {
    for (let length = lengthBytes; length >= 1; length = Math.floor(length / 2)) {
      const bytes = this.read(offset, length)
      if (bytes) return bytes
    }
    return undefined
  }

  private address(view: DataView, at: number): number {
    return this.is64 ? Number(view.getBigUint64(at, this.isLittle)) : view.getUint32(at, this.isLittle)
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
