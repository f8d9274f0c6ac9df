/** A piece of JSON text; `space` is what indenting put between. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'mark' | 'space'
  readonly text: string
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[-+0-9.eE]+|[a-z]+|[{}[\],:]/g

/**
 * Indents JSON without reading it into values, so that every key, duplicate keys, every digit of a number and every
 * escape stay as they are in the bytes; only white space changes. Undefined for text that is not JSON.
 */
export function prettyJson(text: string): JsonToken[] | undefined {
  if (!isJson(text)) return undefined
  const raw = text.match(TOKEN) ?? []
  const tokens: JsonToken[] = []
  let depth = 0
  const breakLine = () => tokens.push({ kind: 'space', text: `\n${'  '.repeat(depth)}` })
  for (const [at, token] of raw.entries()) {
    const next = raw[at + 1]
    const previous = raw[at - 1]
    if (token === '}' || token === ']') {
      depth--
      if (previous !== '{' && previous !== '[') breakLine()
      tokens.push({ kind: 'mark', text: token })
    } else if (token === '{' || token === '[') {
      depth++
      tokens.push({ kind: 'mark', text: token })
      if (next !== '}' && next !== ']') breakLine()
    } else if (token === ',') {
      tokens.push({ kind: 'mark', text: token })
      breakLine()
    } else if (token === ':') {
      tokens.push({ kind: 'mark', text: token }, { kind: 'space', text: ' ' })
    } else tokens.push({ kind: kindOf(token, next), text: token })
  }
  return tokens
}

function kindOf(token: string, next: string | undefined): JsonToken['kind'] {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'string'
  return /^[a-z]/.test(token) ? 'word' : 'number'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
