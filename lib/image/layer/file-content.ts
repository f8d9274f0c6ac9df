import { createHash, type Hash, hash } from 'node:crypto'
import { type Elf, type ReadAt, readElf, startsLikeElf } from '../elf.ts'
import { elfDetailRanges, readElfDetails } from '../elf-details.ts'
import { identifyProgram } from '../identify-program.ts'
import type { ProgramFacts } from '../program-facts.ts'
import { JemallocSearch } from './jemalloc-search.ts'

/** What was found out about a file while it passed by. */
export interface FileFindings {
  /** Hex. */
  readonly sha256: string
  readonly program?: ProgramFacts
  /** The whole of it, where that was asked for. Not a copy. */
  readonly bytes?: Buffer
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** ELF files up to this size are looked at as a whole; of larger ones some ranges are kept. */
const WHOLE_ELF_BYTES = 32 << 20
/** Kept of the start of a larger ELF file: headers, notes, dynamic strings. */
const ELF_HEAD_BYTES = 8 << 20
/** Enough for a `#!` line, and to know what a file is. */
const HEAD_BYTES = 512

/**
 * One file at a time, in pieces: hashes it and looks at what it is. A file within one piece, as nearly all are, is
 * neither copied nor kept.
 */
export class FileContent {
  private readonly sizeBytes: number
  private readonly isKept: boolean
  private readonly parts: { readonly offset: number; readonly bytes: Buffer }[] = []
  private hash: Hash | undefined
  private whole: Buffer | undefined
  private offset = 0
  private keeping: 'start' | 'all' | 'none' | 'elf-start' | 'ranges' = 'start'
  private ranges: readonly (readonly [number, number])[] = []
  private jemalloc: JemallocSearch | undefined

  /** `isKept`: the whole content is wanted. */
  constructor(sizeBytes: number, isKept: boolean) {
    this.sizeBytes = sizeBytes
    this.isKept = isKept
  }

  push(chunk: Buffer, from: number, to: number): void {
    const piece = chunk.subarray(from, to)
    if (piece.length === this.sizeBytes) {
      this.whole = piece
      return
    }
    this.hash ??= createHash('sha256')
    this.hash.update(piece)
    this.keep(piece)
    if (this.keeping === 'ranges') this.jemalloc?.push(piece)
    this.offset += piece.length
  }

  end(): FileFindings {
    if (this.sizeBytes === 0)
      return { sha256: EMPTY_SHA256, ...(this.isKept ? { bytes: Buffer.alloc(0) } : {}) }
    const sha256 = this.whole ? hash('sha256', this.whole, 'hex') : (this.hash?.digest('hex') ?? EMPTY_SHA256)
    const whole = this.whole ?? (this.hasAll ? this.kept() : undefined)
    const program = whole
      ? programOf(whole, readWithin(whole), (elf) => new JemallocSearch(elf, whole).isFound)
      : programOf(this.parts[0]?.bytes ?? Buffer.alloc(0), this.readAt, () => this.jemalloc?.isFound === true)
    return { sha256, ...(program ? { program } : {}), ...(this.isKept && whole ? { bytes: whole } : {}) }
  }

  private get hasAll(): boolean {
    return this.keeping === 'start' || this.keeping === 'all'
  }

  /** Keeps of a file in several pieces what will be looked at. Known once its first bytes are there. */
  private keep(piece: Buffer): void {
    const keptBytes = this.offset + piece.length
    if (this.keeping === 'ranges') this.keepRanges(piece)
    else if (this.keeping !== 'none') this.parts.push({ offset: this.offset, bytes: piece })
    if (this.keeping === 'start' && keptBytes >= HEAD_BYTES) this.decide()
    if (this.keeping === 'elf-start' && keptBytes >= ELF_HEAD_BYTES) {
      this.keepHead(ELF_HEAD_BYTES)
      this.keeping = 'ranges'
      const elf = readElf(this.kept(), this.readAt)
      if (elf?.kind === 'elf') this.jemalloc = new JemallocSearch(elf.elf, this.kept())
      this.ranges = elf?.kind === 'elf' ? elfDetailRanges(elf.elf, this.readAt) : []
    }
  }

  private decide(): void {
    const isElf = startsLikeElf(this.kept())
    if (this.isKept || (isElf && this.sizeBytes <= WHOLE_ELF_BYTES)) this.keeping = 'all'
    else if (isElf) this.keeping = 'elf-start'
    else {
      this.keepHead(HEAD_BYTES)
      this.keeping = 'none'
    }
  }

  /** A copy: the pieces, and the chunks they are parts of, may go. */
  private keepHead(lengthBytes: number): void {
    const head = Buffer.from(this.kept().subarray(0, lengthBytes))
    this.parts.length = 0
    this.parts.push({ offset: 0, bytes: head })
  }

  private kept(): Buffer {
    const [first, ...rest] = this.parts
    if (first && rest.length === 0) return first.bytes
    return Buffer.concat(this.parts.map(({ bytes }) => bytes))
  }

  private keepRanges(piece: Buffer): void {
    for (const [start, length] of this.ranges) {
      const from = Math.max(start, this.offset)
      const to = Math.min(start + length, this.offset + piece.length)
      if (from < to) {
        this.parts.push({
          offset: from,
          bytes: Buffer.from(piece.subarray(from - this.offset, to - this.offset)),
        })
      }
    }
  }

  private readonly readAt: ReadAt = (offset, lengthBytes) => {
    const parts: Buffer[] = []
    let at = offset
    for (const part of this.parts) {
      if (at < part.offset || at >= part.offset + part.bytes.length) continue
      parts.push(part.bytes.subarray(at - part.offset, offset + lengthBytes - part.offset))
      at += parts.at(-1)?.length ?? 0
      if (at >= offset + lengthBytes) break
    }
    return at >= offset + lengthBytes ? Buffer.concat(parts, lengthBytes) : undefined
  }
}

/**
 * What a file is by its first bytes, where the rest is not at hand. ELF files say so (`isPartial`), and whether it is
 * worth while to read all of them.
 */
export function programOfHead(head: Buffer): {
  readonly program?: ProgramFacts
  readonly wantsRest: boolean
} {
  const program = programOf(head, readWithin(head), () => false)
  if (program?.kind !== 'elf') return program ? { program, wantsRest: false } : { wantsRest: false }
  const { type, linkage } = program
  const mayBeGo = hasGoNote(head) || (type === 'executable' && linkage.kind === 'static')
  return { program: { ...program, isPartial: true }, wantsRest: linkage.kind === 'unread' || mayBeGo }
}

/** The note of Go's build id: type 4 and the name, in either byte order. */
const GO_NOTES = ['\x04\0\0\0Go\0\0', '\0\0\0\x04Go\0\0'].map((text) => Buffer.from(text, 'latin1'))

function hasGoNote(head: Buffer): boolean {
  return GO_NOTES.some((note) => head.includes(note))
}

/** What the file is, by its first bytes: most are told from a program by one look. */
function programOf(
  head: Buffer,
  readAt: ReadAt,
  hasJemalloc: (elf: Elf) => boolean,
): ProgramFacts | undefined {
  if (!mayBeProgram(head)) return undefined
  const program = identifyProgram(head, readAt)
  switch (program.kind) {
    case 'elf':
      return {
        kind: 'elf',
        ...program.elf,
        ...detailsOf(program.elf, readAt),
        ...(hasJemalloc(program.elf) ? { jemalloc: true } : {}),
      }
    case 'empty':
    case 'text':
    case 'data':
      return undefined
    case 'pe':
    case 'mach-o':
    case 'java-class':
    case 'wasm':
      return { kind: program.kind }
    default:
      return program
  }
}

/** Tables of a hostile file may hold anything; what cannot be read says nothing. */
function detailsOf(elf: Elf, readAt: ReadAt) {
  try {
    return readElfDetails(elf, readAt)
  } catch (error) {
    if (error instanceof RangeError) return {}
    throw error
  }
}

/** `\x7fELF`, `#!`, `MZ`, the Mach-O magics in both orders, Java's, WebAssembly's: their first byte. */
const FIRST_BYTES = new Set([0x7f, 0x23, 0x4d, 0xcf, 0xce, 0xfe, 0xca, 0x00])

function mayBeProgram(head: Buffer): boolean {
  return FIRST_BYTES.has(head[0] ?? 0xff) && head.length >= 2
}

function readWithin(bytes: Buffer): ReadAt {
  return (offset, lengthBytes) =>
    offset + lengthBytes <= bytes.length ? bytes.subarray(offset, offset + lengthBytes) : undefined
}
