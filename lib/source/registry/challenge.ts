/** One challenge of a `WWW-Authenticate` header. Scheme and parameter names are in lower case. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

/** What Archway can answer a 401 with. */
export type KnownChallenge =
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'bearer'
      /** Absolute; a relative realm is resolved against the request that was refused. */
      readonly realm: URL
      readonly service: string | undefined
      readonly scopes: readonly string[]
    }

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
/** Actions of a scope: an unquoted `scope=repository:x:pull,push` is cut by its own comma and mended here. */
const ACTIONS = new Set(['pull', 'push', 'delete', '*'])
const CHALLENGES_MAX = 16

/**
 * Parses `WWW-Authenticate` (RFC 9110 §11.6.1), one header or several, each with one challenge or several. What is
 * malformed is skipped up to the next comma; nothing is thrown.
 */
export function parseChallenges(header: string | readonly string[] | undefined): Challenge[] {
  if (header === undefined) return []
  const lines = typeof header === 'string' ? [header] : header
  return lines.flatMap(parseLine).slice(0, CHALLENGES_MAX)
}

/** The challenge to answer: Bearer with a usable realm before Basic, else undefined. */
export function chooseChallenge(challenges: readonly Challenge[], refused: URL): KnownChallenge | undefined {
  for (const { scheme, parameters } of challenges) {
    const text = parameters.get('realm')
    if (scheme !== 'bearer' || text === undefined || !URL.canParse(text, refused)) continue
    const scopes = (parameters.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '')
    const service = parameters.get('service')
    return { kind: 'bearer', realm: new URL(text, refused), service, scopes }
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { kind: 'basic' } : undefined
}

function parseLine(line: string): Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = []
  let elementStarts = true
  let unquotedScope = false
  let at = 0
  while (at < line.length) {
    const start = skip(line, at, ' \t,')
    elementStarts ||= line.slice(at, start).includes(',')
    at = start
    TOKEN.lastIndex = at
    const token = TOKEN.exec(line)?.[0]
    if (token === undefined) {
      at = line.indexOf(',', at) < 0 ? line.length : line.indexOf(',', at)
      continue
    }
    at += token.length
    const current = found.at(-1)
    const equals = skip(line, at, ' \t')
    if (line[equals] === '=') {
      const { value, end, quoted } = readValue(line, equals + 1)
      const name = token.toLowerCase()
      if (current && !current.parameters.has(name)) current.parameters.set(name, value)
      unquotedScope = name === 'scope' && !quoted
      at = end
    } else if (current && unquotedScope && ACTIONS.has(token)) {
      current.parameters.set('scope', `${current.parameters.get('scope') ?? ''},${token}`)
    } else if (elementStarts) {
      found.push({ scheme: token.toLowerCase(), parameters: new Map() })
      unquotedScope = false
    }
    elementStarts = false
  }
  return found
}

function readValue(line: string, from: number): { value: string; end: number; quoted: boolean } {
  const start = skip(line, from, ' \t')
  if (line[start] !== '"') {
    let end = start
    while (end < line.length && !' \t,'.includes(line[end] ?? '')) end++
    return { value: line.slice(start, end), end, quoted: false }
  }
  let value = ''
  let at = start + 1
  while (at < line.length && line[at] !== '"') {
    if (line[at] === '\\' && at + 1 < line.length) at++
    value += line[at]
    at++
  }
  return { value, end: at + 1, quoted: true }
}

function skip(line: string, from: number, characters: string): number {
  let at = from
  while (at < line.length && characters.includes(line[at] ?? '')) at++
  return at
}
