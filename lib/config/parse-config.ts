import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { POLICY_KEYS, toPolicy } from '#lib/coverage/policy-schema.ts'
import { AppError } from '#lib/errors/app-error.ts'
import {
  type ArchwayConfig,
  type ConfigFault,
  configSchema,
  findContradictions,
  PLANNED_KEYS,
} from './archway-config.ts'
import { nearestWord } from './nearest-word.ts'

/** A fault with the place it is at, both counted from 1. */
interface Fault {
  readonly line: number
  readonly column: number
  readonly message: string
}

type Path = readonly PropertyKey[]

/** What a person needs is a few kilobytes. */
const MAX_LENGTH = 1 << 20
const MAX_FAULTS = 20
/** An alias of aliases of aliases: nobody writes that by hand. */
const MAX_ALIASES = 100

/**
 * Parses `archway.yaml`. Throws one `settings_invalid` that lists everything wrong as `file:line:column`. An empty file
 * says nothing. `canRead` tells whether a file that is named there can be read.
 */
export function parseConfig(text: string, file: string, canRead: (file: string) => boolean): ArchwayConfig {
  if (text.length > MAX_LENGTH) throw invalid(file, [{ line: 1, column: 1, message: 'is longer than 1 MiB' }])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const at = (offset: number, message: string): Fault => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1), message }
  }
  if (document.errors.length > 0)
    throw invalid(
      file,
      document.errors.map((error) => at(error.pos[0], said(error.message))),
    )
  const raw = plainValue(document, file) ?? {}
  const parsed = configSchema(canRead).safeParse(raw, { reportInput: true })
  const faults = [...(parsed.error?.issues ?? []).flatMap(faultsOf), ...findContradictions(raw).map(placed)]
  if (parsed.success && faults.length === 0) return toConfig(parsed.data)
  throw invalid(
    file,
    faults.map(({ path, message, ofKey }) => at(offsetOf(document, path, ofKey), message)),
  )
}

function toConfig({
  engines,
  discover,
  ...fields
}: z.output<ReturnType<typeof configSchema>>): ArchwayConfig {
  const policy = toPolicy(fields)
  if (engines === undefined) return { discover, policy }
  return {
    discover,
    policy,
    engines: engines.map(({ tls, sshConfig, platforms, ...engine }) => ({
      ...engine,
      ...(sshConfig === undefined ? {} : { sshConfig }),
      ...(tls === undefined ? {} : { tls }),
      ...(platforms === undefined ? {} : { platforms }),
    })),
  }
}

function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    const message = 'its aliases (*name) do not resolve, or multiply beyond measure'
    throw invalid(file, [{ line: 1, column: 1, message }], cause)
  }
}

/** The first sentence of the parser's message. */
function said(message: string): string {
  return `is no YAML: ${message.split('\n')[0]?.replace(/[.:]$/, '')}`
}

/** A message begins with the place it is about. */
function placed({ path, message }: ConfigFault) {
  const where = path.length === 0 ? 'the file' : `“${path.map(String).join('.')}”`
  return { path, message: `${where} ${message}`, ofKey: false }
}

function faultsOf(issue: z.core.$ZodIssue) {
  if (issue.code !== 'unrecognized_keys') return [placed({ path: issue.path, message: rule(issue) })]
  const known = knownKeys(issue.path)
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: unknownKey(key, issue.path.length === 0, known),
    ofKey: true,
  }))
}

/** Zod's own words for a wrong type, in ours. */
function rule(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message
  if (issue.input === undefined) return 'is missing'
  return `must be ${TYPES[issue.expected] ?? issue.expected}`
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (key: value)',
}

function unknownKey(key: string, isTop: boolean, known: readonly string[]): string {
  const name = `“${key.slice(0, 100)}”`
  if (isTop && PLANNED_KEYS.includes(key)) return `${name} is not understood by this version of Archway yet`
  const meant = nearestWord(key, known)
  return meant === undefined
    ? `${name} is no key here; known are ${known.join(', ')}`
    : `${name} is no key here; did you mean “${meant}”?`
}

const ENGINE_KEYS = ['name', 'address', 'tls', 'sshConfig', 'platforms', 'enabled']

function knownKeys(path: Path): readonly string[] {
  const [top] = path
  if (path.length === 0) return ['engines', 'discover', ...Object.keys(POLICY_KEYS)]
  if (top === 'require' || top === 'exceptions') return POLICY_KEYS[top]
  return path.at(-1) === 'tls' ? ['ca', 'cert', 'key'] : ENGINE_KEYS
}

/** Where the node of a path begins; of one that is missing, where its parent begins. */
function offsetOf(document: Document, path: Path, ofKey: boolean): number {
  if (ofKey) {
    const parent = nodeAt(document, path.slice(0, -1))
    const pair = isMap(parent)
      ? parent.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === path.at(-1))
      : undefined
    if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? 0
  }
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(document, path.slice(0, length))
    const range = node !== null && typeof node === 'object' && 'range' in node ? node.range : undefined
    if (Array.isArray(range)) return Number(range[0])
  }
  return 0
}

function nodeAt(document: Document, path: Path): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true)
}

function invalid(file: string, faults: readonly Fault[], cause?: unknown): AppError {
  const told = faults
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, MAX_FAULTS)
    .map(({ line, column, message }) => `${file}:${line}:${column} ${message}`)
  const more = faults.length - told.length
  if (more > 0) told.push(`and ${more} more`)
  return new AppError('settings_invalid', `archway.yaml is not valid: ${told.join('; ')}.`, {
    hint: 'Correct the file; the README lists what it may say.',
    ...(cause === undefined ? {} : { cause }),
  })
}
