import type { Elf } from '../elf.ts'

/** What jemalloc writes before it stops on pages larger than it was built for. */
const MESSAGE = Buffer.from('<jemalloc>: Unsupported system page size')
/** PowerPC and AArch64 in 64 bits: their kernels come with pages of 4 and of 64 KiB. */
const MACHINES = new Set([21, 183])

/** Looks for jemalloc in an ELF file that passes by in pieces; in those of other machines it looks for nothing. */
export class JemallocSearch {
  isFound: boolean
  private readonly isAsked: boolean
  private tail: Buffer

  /** `start`: the first bytes of the file, or all of them. */
  constructor({ machine, bits }: Pick<Elf, 'machine' | 'bits'>, start: Buffer) {
    this.isAsked = bits === 64 && MACHINES.has(machine)
    this.isFound = this.isAsked && start.includes(MESSAGE)
    this.tail = Buffer.from(start.subarray(-MESSAGE.length))
  }

  /** The next piece. Only the end of the one before is kept: the message may lie across both. */
  push(piece: Buffer): void {
    if (!this.isAsked || this.isFound) return
    const seam = Buffer.concat([this.tail, piece.subarray(0, MESSAGE.length)])
    this.isFound = seam.includes(MESSAGE) || piece.includes(MESSAGE)
    this.tail = Buffer.from((piece.length < MESSAGE.length ? seam : piece).subarray(-MESSAGE.length))
  }
}
