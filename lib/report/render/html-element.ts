import { visibleText } from './visible-text.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML that is done, as opposed to a text that has to be escaped. */
export interface Html {
  readonly html: string
}

/** A template of HTML: texts that are put in are escaped and made visible, HTML goes in as it is. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const filled = parts.map((part, at) => part + (at < values.length ? fill(values[at] ?? '') : ''))
  return { html: filled.join('') }
}

function fill(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string')
    return visibleText(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
  return 'html' in value ? value.html : value.map((item) => item.html).join('')
}
