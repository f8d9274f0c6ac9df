import { stripVTControlCharacters } from 'node:util'

/** A column: its heading, and whether its cells are numbers. */
export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Lines of a plain table, columns padded to their widest cell. Cells may hold colour; they are measured without it. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const table = [columns.map((column) => column.title), ...rows]
  const widths = columns.map((_, i) => Math.max(...table.map((row) => width(row[i] ?? ''))))
  return table.map((row) =>
    columns
      .map((column, i) => {
        const cell = row[i] ?? ''
        const padding = ' '.repeat((widths[i] ?? 0) - width(cell))
        return column.align === 'right' ? padding + cell : cell + padding
      })
      .join('  ')
      .trimEnd(),
  )
}

/**
 * Foreign text made safe for a terminal: control characters, escape sequences and bidirectional overrides are shown,
 * never obeyed.
 */
export function safeText(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what must not reach a terminal
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function width(text: string): number {
  return stripVTControlCharacters(text).length
}
