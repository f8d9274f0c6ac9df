import type { OutputPartDto } from '#lib/api/runs.ts'

/** What a program wrote on one line, by the stream it came from. */
export interface TerminalLine {
  readonly segments: readonly OutputPartDto[]
}

/** Output as lines, for a page that is no terminal. */
export interface TerminalText {
  readonly lines: readonly TerminalLine[]
  /** Colours, cursor movements and titles were left out. */
  readonly isStripped: boolean
}

/**
 * ECMA-48 control sequences: CSI (colours, cursor), OSC (titles, links), DCS, SOS, PM, APC, and the short ones; those
 * that are cut off at the end too. None reaches over the end of a line, so that a program that opens one and never
 * closes it hides no line after.
 */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?|\x1b[ -/]*(?:[0-~]|$)/g

/**
 * Lines out of the parts of an output. Control sequences are left out, a carriage return begins its line anew as a
 * progress bar does; other controls stay in the text, to be drawn as what they are.
 */
export function terminalText(parts: readonly OutputPartDto[]): TerminalText {
  let isStripped = false
  const lines: OutputPartDto[][] = [[]]
  for (const { stream, text } of mergeParts(parts)) {
    const plain = text.replace(SEQUENCES, '')
    isStripped ||= plain.length < text.length
    for (const [at, piece] of plain.replaceAll(/\r+\n/g, '\n').split('\n').entries()) {
      if (at > 0) lines.push([])
      write(lines, stream, piece)
    }
  }
  if (lines.at(-1)?.length === 0) lines.pop()
  return { lines: lines.map((segments) => ({ segments })), isStripped }
}

function write(lines: OutputPartDto[][], stream: OutputPartDto['stream'], piece: string): void {
  // At the very end a carriage return has not overwritten anything yet.
  const shown = piece.replace(/\r+$/, '')
  const from = shown.lastIndexOf('\r') + 1
  if (from > 0) lines[lines.length - 1] = []
  if (shown.length > from) lines.at(-1)?.push({ stream, text: shown.slice(from) })
}

/** Neighbours of the same stream joined, so that what arrived in two pieces is read as one. */
function mergeParts(parts: readonly OutputPartDto[]): OutputPartDto[] {
  const merged: OutputPartDto[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (last?.stream === part.stream) merged[merged.length - 1] = { ...last, text: last.text + part.text }
    else merged.push(part)
  }
  return merged
}

/** The parts of an output that is kept as one text with the lengths of its parts. */
export function outputParts(
  output: string,
  lengths: readonly { readonly stream: OutputPartDto['stream']; readonly length: number }[],
): OutputPartDto[] {
  let from = 0
  return lengths.map(({ stream, length }) => {
    const text = output.slice(from, from + length)
    from += length
    return { stream, text }
  })
}
