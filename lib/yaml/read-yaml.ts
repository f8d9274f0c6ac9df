import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'

/** Something wrong with a value, by its keys from the top: `engines`, 0, `address`. */
export interface YamlFault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What a YAML file has to be. */
export interface YamlRules<T> {
  /** As people know it: `/etc/archway.yaml`. Faults begin with it. */
  readonly file: string
  /** The beginning of the error: `archway.yaml`. */
  readonly title: string
  readonly hint: string
  readonly code: 'settings_invalid' | 'request_invalid'
  readonly schema: z.ZodType<T>
  /** What is wrong between values that may each be right; found whatever else is wrong. */
  readonly contradictions?: (raw: unknown) => readonly YamlFault[]
  /** Says of a key that is none what may be meant; continues the key’s name. */
  readonly explainKey: (key: string, path: readonly PropertyKey[]) => string
}

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
 * Reads a YAML file that a person wrote. Throws one error of the rules’ code that lists everything wrong as
 * `file:line:column`. An empty file is an empty mapping.
 */
export function readYaml<T>(text: string, rules: YamlRules<T>): T {
  const { schema, contradictions = () => [] } = rules
  if (text.length > MAX_LENGTH)
    throw invalid(rules, [{ line: 1, column: 1, message: 'is longer than 1 MiB' }])
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const at = (offset: number, message: string): Fault => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1), message }
  }
  if (document.errors.length > 0)
    throw invalid(
      rules,
      document.errors.map((error) => at(error.pos[0], said(error.message))),
    )
  const raw = plainValue(document, rules) ?? {}
  const parsed = schema.safeParse(raw, { reportInput: true })
  const faults = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => faultsOf(issue, rules.explainKey)),
    ...contradictions(raw).map(placed),
  ]
  if (parsed.success && faults.length === 0) return parsed.data
  throw invalid(
    rules,
    faults.map(({ path, message, ofKey }) => at(offsetOf(document, path, ofKey), message)),
  )
}

function plainValue<T>(document: Document, rules: YamlRules<T>): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    const message = 'its aliases (*name) do not resolve, or multiply beyond measure'
    throw invalid(rules, [{ line: 1, column: 1, message }], cause)
  }
}

/** The first sentence of the parser's message. */
function said(message: string): string {
  return `is no YAML: ${message.split('\n')[0]?.replace(/[.:]$/, '')}`
}

/** A message begins with the place it is about. */
function placed({ path, message }: YamlFault) {
  const where = path.length === 0 ? 'the file' : `“${path.map(String).join('.')}”`
  return { path, message: `${where} ${message}`, ofKey: false }
}

function faultsOf(issue: z.core.$ZodIssue, explainKey: YamlRules<unknown>['explainKey']) {
  if (issue.code !== 'unrecognized_keys') return [placed({ path: issue.path, message: rule(issue) })]
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: `“${key.slice(0, 100)}” ${explainKey(key, issue.path)}`,
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
  record: 'a mapping (key: value)',
  number: 'a number',
  int: 'a whole number',
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

function invalid<T>(rules: YamlRules<T>, faults: readonly Fault[], cause?: unknown): AppError {
  const told = faults
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, MAX_FAULTS)
    .map(({ line, column, message }) => `${rules.file}:${line}:${column} ${message}`)
  const more = faults.length - told.length
  if (more > 0) told.push(`and ${more} more`)
  return new AppError(rules.code, `${rules.title} is not valid: ${told.join('; ')}.`, {
    hint: rules.hint,
    ...(cause === undefined ? {} : { cause }),
  })
}
