import { styleText } from 'node:util'
import type { AcceptedDto, FindingDto, UnjudgedDto } from '#lib/api/parts.ts'
import { safeText } from './table.ts'

/** Colours of the command line; `styleText` leaves them out without a terminal or with NO_COLOR. */
export type Tone = 'pass' | 'fail' | 'warn' | 'dim' | 'bold'

const STYLES = { pass: 'green', fail: 'red', warn: 'yellow', dim: 'gray', bold: 'bold' } as const

/** `text` in a tone, when standard output is a terminal that wants it. */
export function paint(tone: Tone, text: string): string {
  return styleText(STYLES[tone], text, { stream: process.stdout })
}

/** Writes lines to standard output: answers only. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Writes a line to standard error: progress and complaints. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Writes a value as JSON to standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** A byte count for people: `64.0 MB`. Decimal units, as registries show them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** Findings as lines: severity, code, message. */
export function findingLines(findings: readonly FindingDto[]): string[] {
  return findings.map((finding) => {
    const tone = finding.severity === 'error' ? 'fail' : finding.severity === 'warning' ? 'warn' : 'dim'
    const where = finding.platform ? ` ${finding.platform}` : ''
    return `${paint(tone, finding.severity)} ${finding.code}${where}: ${safeText(finding.message)}`
  })
}

/** Which checks looked, and which could not and why: no finding is no proof where nobody looked. */
export function checkLines({
  checked = [],
  unjudged = [],
  accepted = [],
}: {
  readonly checked?: readonly string[] | undefined
  readonly unjudged?: readonly UnjudgedDto[] | undefined
  readonly accepted?: readonly AcceptedDto[] | undefined
}): string[] {
  const gaps = unjudged.map(({ codes, platforms, message }) => {
    const where = platforms.length === 0 ? '' : ` on ${platforms.join(', ')}`
    return safeText(`not judged: ${codes.join(', ')}${where}: ${message}`)
  })
  const looked = checked.length === 0 ? [] : [`checked: ${checked.join(', ')}`]
  const decided = accepted.map(({ code, platform, message, reason, expires }) => {
    const where = platform === undefined ? '' : ` ${platform}`
    return `accepted until ${expires}: ${code}${where}: ${message} Reason: ${reason}`
  })
  return [...decided, ...looked, ...gaps].map((line) => paint('dim', safeText(line)))
}
