import { type Elf, type ReadAt, readElf } from './elf.ts'

/** What a file is to a kernel that is asked to execute it, told by its first bytes. */
export type Program =
  | { readonly kind: 'elf'; readonly elf: Elf }
  | { readonly kind: 'broken-elf'; readonly reason: string }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument?: string }
  /** `#!` with nothing behind it, or a line longer than the kernel reads. */
  | { readonly kind: 'broken-script'; readonly reason: string }
  | { readonly kind: 'pe' | 'mach-o' | 'java-class' | 'wasm' | 'empty' | 'text' | 'data' }

/** The kernel reads this much of a `#!` line (BINPRM_BUF_SIZE). */
const SCRIPT_LINE_LIMIT_BYTES = 256
/** Enough to tell text from data. */
const TEXT_LOOK_BYTES = 512

/** Tells what a file is by its first bytes; `readAt` finds the loader of an ELF whose headers lie further back. */
export function identifyProgram(head: Uint8Array, readAt?: ReadAt): Program {
  if (head.byteLength === 0) return { kind: 'empty' }
  const elf = readElf(head, readAt)
  if (elf) return elf.kind === 'elf' ? elf : { kind: 'broken-elf', reason: elf.reason }
  if (head[0] === 0x23 && head[1] === 0x21) return readScriptLine(head)
  return { kind: foreignKind(head) ?? (looksLikeText(head) ? 'text' : 'data') }
}

/**
 * The interpreter line as Linux reads it: the first word, and all the rest as one argument, blanks at its ends
 * dropped. A carriage return is part of the word: that is why scripts with DOS line ends do not start.
 */
function readScriptLine(head: Uint8Array): Program {
  const end = head.indexOf(0x0a)
  const isWhole = end >= 0 || head.byteLength < SCRIPT_LINE_LIMIT_BYTES
  const stop =
    end >= 0 ? Math.min(end, SCRIPT_LINE_LIMIT_BYTES) : Math.min(head.byteLength, SCRIPT_LINE_LIMIT_BYTES)
  const bytes = head.subarray(2, stop)
  const nul = bytes.indexOf(0)
  const line = new TextDecoder()
    .decode(nul < 0 ? bytes : bytes.subarray(0, nul))
    .replace(/^[ \t]+|[ \t]+$/g, '')
  const match = /^([^ \t]+)(?:[ \t]+(.*))?$/s.exec(line)
  const interpreter = match?.[1]
  if (interpreter === undefined) return { kind: 'broken-script', reason: 'no interpreter follows “#!”' }
  const argument = match?.[2]
  if (argument === undefined && (!isWhole || end > SCRIPT_LINE_LIMIT_BYTES)) {
    return { kind: 'broken-script', reason: `the “#!” line is longer than ${SCRIPT_LINE_LIMIT_BYTES} bytes` }
  }
  return { kind: 'script', interpreter, ...(argument ? { argument } : {}) }
}

function foreignKind(head: Uint8Array): 'pe' | 'mach-o' | 'java-class' | 'wasm' | undefined {
  if (head[0] === 0x4d && head[1] === 0x5a) return 'pe'
  if (head.byteLength < 4) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  switch (view.getUint32(0, false)) {
    case 0xcffaedfe:
    case 0xcefaedfe:
    case 0xfeedface:
    case 0xfeedfacf:
      return 'mach-o'
    case 0xcafebabe:
      // Universal Mach-O counts its architectures here, a Java class has its version: 45 and up.
      return head.byteLength >= 8 && view.getUint32(4, false) < 45 ? 'mach-o' : 'java-class'
    case 0x0061736d:
      return 'wasm'
    default:
      return undefined
  }
}

function looksLikeText(head: Uint8Array): boolean {
  const look = head.subarray(0, TEXT_LOOK_BYTES)
  return look.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b)
}
