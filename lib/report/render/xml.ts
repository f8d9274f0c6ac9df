import { visibleText } from './visible-text.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Attributes in their order; undefined ones are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>

/**
 * An element of XML 1.0. Values may be any text: what XML cannot hold (control characters, lone surrogates) is shown
 * by its number. `children` are elements, done already.
 */
export function xmlElement(
  name: string,
  attributes: XmlAttributes,
  children: readonly string[] = [],
): string {
  const told = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeAttribute(String(value))}"`],
  )
  const open = `<${name}${told.join('')}`
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`
}

/** Text between tags. Ends no CDATA section either: `>` is escaped. */
export function xmlText(text: string): string {
  return visibleText(text).replace(/[&<>]/g, (character) => ESCAPES[character] ?? character)
}

function escapeAttribute(text: string): string {
  return visibleText(text).replace(/[&<>"\n\t]/g, (character) => ESCAPES[character] ?? character)
}
