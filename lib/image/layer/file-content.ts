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
  /** The whole of it, where that was asked for. Not a copy: gone with the piece. */
  readonly bytes?: Buffer
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** ELF files up to this size are looked at as a whole; of larger ones some ranges are kept. */
const WHOLE_ELF_BYTES = 32 << 20
/** Kept of the start of a larger ELF file: headers, notes, dynamic strings. */
const ELF_HEAD_BYTES = 8 << 20
/** Enough for a `#!` line, and to know what a file is. */
const HEAD_BYTES = 512
const NOTHING = Buffer.alloc(0)

/**
 * One file at a time, in pieces that are gone after `push`: hashes it and looks at what it is. A file within one piece,
 * as nearly all are, is not copied; of another, what will be looked at is.
 */
export class FileContent {
  private readonly sizeBytes: number
  private readonly isKept: boolean
  private whole: Buffer | undefined
  private hash: Hash | undefined
  /** Where the next piece belongs. */
  private offset = 0
  /** The start of a file in several pieces, or all of it; filled up to `headBytes`. */
  private head = NOTHING
  private headBytes = 0
  private isHeadEnlarged = false
  /** What is looked at behind the start of an ELF file that is too large to be kept. */
  private ranges: readonly (readonly [number, number])[] | undefined
  private jemalloc: JemallocSearch | undefined
  private readonly parts: { readonly offset: number; readonly bytes: Buffer }[] = []

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
    this.offset += piece.length
  }

  /** Before the last piece is gone. */
  end(): FileFindings {
    if (this.sizeBytes === 0) return { sha256: EMPTY_SHA256, ...(this.isKept ? { bytes: NOTHING } : {}) }
    const sha256 = this.whole ? hash('sha256', this.whole, 'hex') : (this.hash?.digest('hex') ?? EMPTY_SHA256)
    const start = this.head.subarray(0, this.headBytes)
    const whole = this.whole ?? (this.headBytes === this.sizeBytes ? start : undefined)
    const program = whole
      ? programOf(whole, readWithin(whole), (elf) => new JemallocSearch(elf, whole).isFound)
      : programOf(start, this.readAt, () => this.jemalloc?.isFound === true)
    const found = { sha256, ...(program ? { program } : {}) }
    if (this.isKept && whole) return { ...found, bytes: whole }
    // Not left to a collection: there are hundreds of such files, and each may take 32 MiB.
    if (this.isHeadEnlarged) this.head.buffer.transfer(0)
    return found
  }

  /** Copies of a piece what will be looked at. */
  private keep(piece: Buffer): void {
    if (this.offset === 0) this.head = Buffer.allocUnsafe(Math.min(HEAD_BYTES, this.sizeBytes))
    let taken = this.fillHead(piece)
    if (this.headBytes === HEAD_BYTES && !this.isHeadEnlarged) {
      this.enlargeHead()
      taken += this.fillHead(piece.subarray(taken))
    }
    const isAllKept = this.head.length === this.sizeBytes
    if (!this.isHeadEnlarged || isAllKept || this.headBytes < this.head.length) return
    this.ranges ??= this.lookBeyond()
    this.jemalloc?.push(piece.subarray(taken))
    this.keepRanges(piece, this.ranges)
  }

  /** Answers how many bytes of the piece there was room for. */
  private fillHead(piece: Buffer): number {
    const taken = piece.copy(this.head, this.headBytes)
    this.headBytes += taken
    return taken
  }

  /** How much more of the file is wanted, its first bytes say. */
  private enlargeHead(): void {
    const isElf = startsLikeElf(this.head)
    if (!isElf && !this.isKept) return
    const isWhole = this.isKept || this.sizeBytes <= WHOLE_ELF_BYTES
    const larger = Buffer.allocUnsafeSlow(isWhole ? this.sizeBytes : ELF_HEAD_BYTES)
    this.head.copy(larger)
    this.head = larger
    this.isHeadEnlarged = true
  }

  private lookBeyond(): readonly (readonly [number, number])[] {
    const elf = readElf(this.head, this.readAt)
    if (elf?.kind !== 'elf') return []
    this.jemalloc = new JemallocSearch(elf.elf, this.head)
    return elfDetailRanges(elf.elf, this.readAt)
  }

  private keepRanges(piece: Buffer, ranges: readonly (readonly [number, number])[]): void {
    for (const [start, length] of ranges) {
      const from = Math.max(start - this.offset, 0)
      const to = Math.min(start + length - this.offset, piece.length)
      if (from >= to) continue
      this.parts.push({ offset: this.offset + from, bytes: Buffer.from(piece.subarray(from, to)) })
    }
  }

  private readonly readAt: ReadAt = (offset, lengthBytes) => {
    const found: Buffer[] = []
    const start = { offset: 0, bytes: this.head.subarray(0, this.headBytes) }
    let at = offset
    for (const part of [start, ...this.parts]) {
      if (at < part.offset || at >= part.offset + part.bytes.length) continue
      found.push(part.bytes.subarray(at - part.offset, offset + lengthBytes - part.offset))
      at += found.at(-1)?.length ?? 0
      if (at >= offset + lengthBytes) break
    }
    return at >= offset + lengthBytes ? Buffer.concat(found, lengthBytes) : undefined
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
