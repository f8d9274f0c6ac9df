import { outputParts, type TerminalText, terminalText } from '#components/run/terminal-text.ts'
import type { OutputPartDto } from '#lib/api/runs.ts'
import type { ReportExecution } from '#lib/report/model.ts'

/** Lines of one stream, or the place where lines were left out. */
export type OutputStretch =
  | { readonly kind: 'lines'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'omitted'; readonly characters: number }

/** What a program wrote, in the order it came, ready to be shown. Foreign text: hidden characters are still in it. */
export interface ShownOutput {
  readonly stretches: readonly OutputStretch[]
  /** Colours, cursor movements and titles were left out. */
  readonly isStripped: boolean
}

/** The end of what a program wrote tells most. */
const HEAD_SHARE = 0.25
/** More changes between the streams than this, and neighbours are no longer told apart line by line. */
const STRETCH_LIMIT = 400

/** Output as stretches of one stream. Of more than `limit` characters the middle is left out, and its place says so. */
export function shownOutput(
  { output, outputParts: lengths }: Pick<ReportExecution, 'output' | 'outputParts'>,
  limit: number,
): ShownOutput {
  const parts = outputParts(output, lengths)
  if (output.length <= limit) {
    const text = terminalText(parts)
    return { stretches: stretchesOf(text), isStripped: text.isStripped }
  }
  const headLength = Math.floor(limit * HEAD_SHARE)
  const head = terminalText(cutParts(parts, 0, headLength))
  const tail = terminalText(cutParts(parts, output.length - (limit - headLength), output.length))
  return {
    stretches: [
      ...stretchesOf(head),
      { kind: 'omitted', characters: output.length - limit },
      ...stretchesOf(tail),
    ],
    isStripped: head.isStripped || tail.isStripped,
  }
}

/** How many characters of output each of `jobs` platforms may show, so that a page stays quick. */
export function outputLimit(jobs: number): number {
  return Math.max(4_000, Math.min(32_000, Math.floor(240_000 / Math.max(1, jobs))))
}

function cutParts(parts: readonly OutputPartDto[], from: number, to: number): OutputPartDto[] {
  let at = 0
  return parts.flatMap(({ stream, text }) => {
    const begin = at
    at += text.length
    const cut = text.slice(Math.max(0, from - begin), Math.max(0, to - begin))
    return cut === '' ? [] : [{ stream, text: cut }]
  })
}

/** A line that both streams wrote to counts as one of standard error: that is the one to notice. */
function stretchesOf({ lines }: TerminalText): OutputStretch[] {
  const stretches: { kind: 'lines'; stream: 'stdout' | 'stderr'; lines: string[] }[] = []
  for (const { segments } of lines) {
    const stream = segments.some((segment) => segment.stream === 'stderr') ? 'stderr' : 'stdout'
    const text = segments.map((segment) => segment.text).join('')
    const last = stretches.at(-1)
    if (last && (last.stream === stream || segments.length === 0 || stretches.length >= STRETCH_LIMIT))
      last.lines.push(text)
    else stretches.push({ kind: 'lines', stream, lines: [text] })
  }
  return stretches.map(({ kind, stream, lines: texts }) => ({ kind, stream, text: texts.join('\n') }))
}
