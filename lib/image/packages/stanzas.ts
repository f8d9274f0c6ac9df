/** The wanted fields of one stanza, by their name in lower case; continuation lines are left out. */
export type Fields = ReadonlyMap<string, string>

/**
 * Reads `Name: value` stanzas parted by empty lines (RFC 822 as Debian and Python use it), only the `wanted` fields,
 * named in lower case. A field given twice keeps its first value. Stanzas without any field are passed over.
 */
export function* readStanzas(text: string, wanted: ReadonlySet<string>): Generator<Fields> {
  let fields = new Map<string, string>()
  let hasLines = false
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const first = text.charCodeAt(at)
    if (end === at || (first === CARRIAGE_RETURN && end === at + 1)) {
      if (hasLines) yield fields
      fields = new Map()
      hasLines = false
    } else if (first !== SPACE && first !== TAB) {
      hasLines = true
      const colon = text.indexOf(':', at)
      if (colon > at && colon < end) {
        const name = text.slice(at, colon).toLowerCase()
        if (wanted.has(name) && !fields.has(name)) fields.set(name, text.slice(colon + 1, end).trim())
      }
    }
    at = end + 1
  }
  if (hasLines) yield fields
}

const SPACE = 0x20
const TAB = 0x09
const CARRIAGE_RETURN = 0x0d
