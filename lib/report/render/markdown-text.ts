import { visibleLine, visibleText } from './visible-text.ts'

const SPECIAL = /[\\`*_[\]<>|~$&@#]|:(?=\/\/)|\bwww\./g
/** Invisible, and between the two characters that would make GitHub notify somebody or make a link. */
const APART = '&#8203;'

/**
 * Foreign text on one line of Markdown: no markup, no HTML, no link, and nobody is notified by an `@name`. Safe in a
 * cell of a table.
 */
export function markdownText(text: string, maxLength?: number): string {
  return visibleLine(text, maxLength).replace(SPECIAL, (special) => {
    if (special === '&') return '&amp;'
    if (special === '<') return '&lt;'
    if (special === '>') return '&gt;'
    if (special === '|') return '&#124;'
    if ('@#:'.includes(special) || special === 'www.') return `${special}${APART}`
    return `\\${special}`
  })
}

/** Foreign text as code on one line. Safe in a cell of a table, where a `|` would end the cell even in code. */
export function markdownCode(text: string, maxLength?: number): string {
  const line = visibleLine(text, maxLength)
  if (line === '') return ''
  if (line.includes('|')) return `<code>${markdownText(line)}</code>`
  const fence = '`'.repeat(longestRun(line) + 1)
  const space = fence.length > 1 ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** Foreign text as a block that nothing in it can end. */
export function markdownBlock(text: string): string {
  const shown = visibleText(text).replace(/\n$/, '')
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${fence}text\n${shown}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
