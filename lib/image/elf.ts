/**
 * What the header of an ELF file says, and which loader it asks for.
 * https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export interface Elf {
  /** EI_CLASS: width of addresses. */
  readonly bits: 32 | 64
  /** EI_DATA: decides between ppc64le and ppc64, which share one machine. */
  readonly byteOrder: 'little' | 'big'
  /** `e_machine`, see `elf-machine.ts`. */
  readonly machine: number
  /** EI_OSABI: 0 System V, 3 GNU, 9 FreeBSD. Linux does not look at it. */
  readonly osAbi: number
  readonly type: 'relocatable' | 'executable' | 'shared' | 'core' | 'other'
  /** `e_flags`: meaning depends on the machine. */
  readonly flags: number
  readonly linkage: ElfLinkage
}

/** How a program is started: by the kernel alone, or by a loader it names (PT_INTERP). */
export type ElfLinkage =
  | { readonly kind: 'static' }
  | { readonly kind: 'dynamic'; readonly interpreter: string }
  /** The program headers lie outside what was read. */
  | { readonly kind: 'unread' }

/** An ELF file, or why a file that starts like one is none. */
export type ElfReading =
  | { readonly kind: 'elf'; readonly elf: Elf }
  | { readonly kind: 'broken'; readonly reason: string }

/** Reads more of the file than its first bytes. Answers fewer bytes at its end, undefined where it cannot. */
export type ReadAt = (offset: number, lengthBytes: number) => Uint8Array | undefined

const PT_INTERP = 3
/** More program headers than fit `e_phnum`; no program has that many. */
const PN_XNUM = 0xffff
/** The kernel refuses a longer loader name (PATH_MAX). */
const INTERPRETER_LIMIT_BYTES = 4096
const TYPES: Readonly<Record<number, Elf['type']>> = {
  1: 'relocatable',
  2: 'executable',
  3: 'shared',
  4: 'core',
}
const LAYOUT = {
  32: { headerBytes: 52, flags: 36, phentsize: 42, phnum: 44, entryBytes: 32, fileOffset: 4, fileSize: 16 },
  64: { headerBytes: 64, flags: 48, phentsize: 54, phnum: 56, entryBytes: 56, fileOffset: 8, fileSize: 32 },
} as const

/** Whether a file starts as ELF files do. */
export function startsLikeElf(head: Uint8Array): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46
}

/**
 * Reads the ELF header at the start of `head` and the loader's name, from `head` or by `readAt`. Program headers that
 * neither gives leave the linkage `unread`. Undefined when the file does not start like ELF.
 */
export function readElf(head: Uint8Array, readAt?: ReadAt): ElfReading | undefined {
  if (!startsLikeElf(head)) return undefined
  const bits = head[4] === 1 ? 32 : head[4] === 2 ? 64 : undefined
  if (bits === undefined) return broken(`its class is ${head[4] ?? 'cut off'}, neither 32 nor 64 bit`)
  const byteOrder = head[5] === 1 ? 'little' : head[5] === 2 ? 'big' : undefined
  if (byteOrder === undefined)
    return broken(`its byte order is ${head[5] ?? 'cut off'}, neither little nor big`)
  const layout = LAYOUT[bits]
  if (head.byteLength < layout.headerBytes) {
    return broken(`it ends after ${head.byteLength} bytes, within its ${layout.headerBytes}-byte header`)
  }
  const isLittle = byteOrder === 'little'
  const view = viewOf(head)
  const linkage = readLinkage(view, { bits, isLittle, head, readAt })
  if (typeof linkage === 'string') return broken(linkage)
  return {
    kind: 'elf',
    elf: {
      bits,
      byteOrder,
      machine: view.getUint16(18, isLittle),
      osAbi: view.getUint8(7),
      type: TYPES[view.getUint16(16, isLittle)] ?? 'other',
      flags: view.getUint32(layout.flags, isLittle),
      linkage,
    },
  }
}

interface ElfFile {
  readonly bits: 32 | 64
  readonly isLittle: boolean
  readonly head: Uint8Array
  readonly readAt: ReadAt | undefined
}

/** The linkage, or what is broken about the program headers. */
function readLinkage(header: DataView, file: ElfFile): ElfLinkage | string {
  const layout = LAYOUT[file.bits]
  const count = header.getUint16(layout.phnum, file.isLittle)
  if (count === 0) return { kind: 'static' }
  const entryBytes = header.getUint16(layout.phentsize, file.isLittle)
  if (entryBytes < layout.entryBytes) {
    return `its program headers have ${entryBytes} bytes each, fewer than the ${layout.entryBytes} they need`
  }
  const offset = address(header, file.bits === 64 ? 32 : 28, file)
  const table = count === PN_XNUM ? undefined : slice(file, offset, count * entryBytes)
  if (table === undefined) return { kind: 'unread' }
  for (let entry = 0; entry < count; entry++) {
    const view = viewOf(table.subarray(entry * entryBytes, (entry + 1) * entryBytes))
    if (view.getUint32(0, file.isLittle) === PT_INTERP) return readInterpreter(view, file)
  }
  return { kind: 'static' }
}

function readInterpreter(entry: DataView, file: ElfFile): ElfLinkage | string {
  const layout = LAYOUT[file.bits]
  const sizeBytes = address(entry, layout.fileSize, file)
  if (sizeBytes < 2 || sizeBytes > INTERPRETER_LIMIT_BYTES) {
    return `the name of its loader has ${sizeBytes} bytes`
  }
  const bytes = slice(file, address(entry, layout.fileOffset, file), sizeBytes)
  if (bytes === undefined) return { kind: 'unread' }
  const end = bytes.indexOf(0)
  if (end < 1) return end < 0 ? 'the name of its loader has no end' : 'the name of its loader is empty'
  return { kind: 'dynamic', interpreter: new TextDecoder().decode(bytes.subarray(0, end)) }
}

function slice({ head, readAt }: ElfFile, offset: number, lengthBytes: number): Uint8Array | undefined {
  if (offset + lengthBytes <= head.byteLength) return head.subarray(offset, offset + lengthBytes)
  const read = readAt?.(offset, lengthBytes)
  return read?.byteLength === lengthBytes ? read : undefined
}

/** An address-sized field. Offsets beyond 2^53 lose precision and lie outside every file anyway. */
function address(view: DataView, at: number, { bits, isLittle }: ElfFile): number {
  return bits === 64 ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle)
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function broken(reason: string): ElfReading {
  return { kind: 'broken', reason }
}
