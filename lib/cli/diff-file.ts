import { type FileDiffResponse, fileDiffQuery, fileDiffResponse, type HunkDto } from '#lib/api/diff-file.ts'
import { diffFile } from '#lib/service/diff-file.ts'
import { askReading } from './ask-reading.ts'
import { withReadingContext } from './local-context.ts'
import { complain, paint, print, printJson } from './output.ts'
import type { CommonOptions } from './run-command.ts'
import { safeText } from './table.ts'

/** As `diff` exits: nothing differs, something does, and what differs could not be told in full. */
const EXIT_SAME = 0
const EXIT_DIFFERS = 1
const EXIT_TROUBLE = 2

/** `archway diff … --file PATH`: prints a unified diff of one path and answers an exit code as `diff` does. */
export async function runFileDiff(
  options: CommonOptions,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<number> {
  const answer = await askReading(
    options,
    '/api/v1/diff/file',
    params,
    { query: fileDiffQuery, answer: fileDiffResponse },
    signal,
    (query, reading) => withReadingContext((context) => diffFile(context, query, reading)),
  )
  if (options.json) printJson(answer)
  else printFileDiff(answer)
  return exitCode(answer)
}

function exitCode({ change, text, complete, aspects }: FileDiffResponse): number {
  if (change === 'same') return EXIT_SAME
  const isCut = text.kind === 'unified' && text.omittedLines > 0
  const isUnread = text.kind === 'not-shown' && text.cause === 'unavailable'
  // What only one side has may lie in a layer of the other that could not be read.
  const isUnsure = aspects.includes('unhashed') || (change !== 'changed' && !complete)
  return isCut || isUnread || isUnsure ? EXIT_TROUBLE : EXIT_DIFFERS
}

function printFileDiff(answer: FileDiffResponse): void {
  const { change, from, to, text, complete } = answer
  const facts = factLines(answer)
  if (change !== 'same') {
    const head = [paint('bold', `--- ${sideName(from)}`), paint('bold', `+++ ${sideName(to)}`)]
    const isTold = text.kind === 'unified' && text.hunks.length > 0
    if (isTold) print(...facts, ...head, ...text.hunks.flatMap(hunkLines))
    else
      print(...facts, ...(text.kind === 'not-shown' ? [safeText(text.reason), ...digestLines(answer)] : []))
  }
  if (text.kind === 'unified' && text.omittedLines > 0)
    complain(`archway: ${text.omittedLines} more lines of the difference are left out`)
  if (text.kind === 'unified' && text.isRough)
    complain('archway: too unlike to be aligned in full: a long part is shown as replaced')
  if (!complete) complain('archway: a layer could not be read; the file may lie in it')
}

/** As `diff -u` names files; the path is foreign, so it cannot break the line. */
function sideName({ file, platform, reference }: FileDiffResponse['from']): string {
  return file ? `${safeText(file.path)}\t${safeText(`${reference} ${platform ?? ''}`)}` : '/dev/null'
}

/** What differs beside the content, in the words of `git diff`: `patch` passes over such lines. */
function factLines({ aspects, from: { file: a }, to: { file: b } }: FileDiffResponse): string[] {
  const lines: string[] = []
  const tell = (name: string, before: string | undefined, after: string | undefined) =>
    lines.push(
      paint('dim', safeText(`old ${name} ${before ?? 'none'}`)),
      paint('dim', safeText(`new ${name} ${after ?? 'none'}`)),
    )
  if (aspects.includes('type')) tell('type', a?.type, b?.type)
  if (aspects.includes('mode')) tell('mode', a?.mode, b?.mode)
  if (aspects.includes('owner')) tell('owner', `${a?.uid}:${a?.gid}`, `${b?.uid}:${b?.gid}`)
  if (aspects.includes('link')) tell('link', a?.linkTarget, b?.linkTarget)
  return lines
}

function digestLines({ from, to }: FileDiffResponse): string[] {
  return [from, to].map(({ file, platform }) => {
    const what = file
      ? `${file.sizeBytes} bytes, ${file.sha256 ? `sha256:${file.sha256}` : 'no hash'}`
      : 'not there'
    return `${safeText(platform ?? '')}: ${what}`
  })
}

const TONES = { '-': 'fail', '+': 'pass', '\\': 'dim' } as const

function hunkLines({ fromStart, fromCount, toStart, toCount, lines }: HunkDto): string[] {
  const head = `@@ -${range(fromStart, fromCount)} +${range(toStart, toCount)} @@`
  return [
    paint('dim', head),
    ...lines.map((line) => {
      const tone = TONES[line[0] as keyof typeof TONES]
      // A terminal gets no control characters, a pipe the very bytes, for `patch`.
      const told = process.stdout.isTTY ? line.replaceAll(/[^\t]+/g, safeText) : line
      return tone ? paint(tone, told) : told
    }),
  ]
}

function range(start: number, count: number): string {
  return count === 1 ? `${start}` : `${start},${count}`
}
