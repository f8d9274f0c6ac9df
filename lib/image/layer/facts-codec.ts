import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { EntryType, LayerEntry, LayerFacts, LayerListing } from './layer-facts.ts'

/** Raise when facts change, in shape or in what reading finds: facts of other versions are not used. */
export const FACTS_VERSION = 2

const TYPES: readonly EntryType[] = [
  'file',
  'directory',
  'symlink',
  'character-device',
  'block-device',
  'fifo',
]
const SHA256_BYTES = 32
const LENGTH_BYTES = 4
/** Facts of the largest layer there may be, decoded. */
const DECODED_LIMIT_BYTES = 1 << 30

/** Entries by column: what neighbours share lies side by side and packs well. */
interface Columns extends Omit<LayerListing, 'entries'> {
  readonly paths: readonly string[]
  /** One letter each: the position in `TYPES`, and again behind them for entries with a hash. */
  readonly types: string
  readonly sizes: readonly number[]
  readonly modes: readonly number[]
  readonly uids: readonly number[]
  readonly gids: readonly number[]
  /** What few entries have, by position. */
  readonly rest: readonly (readonly [number, Partial<LayerEntry>])[]
}

/** Facts as compact bytes, for a disk or another thread: about 60 bytes an entry, half of them hash. */
export function encodeFacts(facts: LayerListing): Uint8Array {
  const { entries, ...others } = facts
  const hashed = entries.reduce((count, { sha256 }) => count + (sha256 === undefined ? 0 : 1), 0)
  const json = JSON.stringify({
    ...others,
    paths: entries.map(({ path }) => path),
    types: entries.map(({ type, sha256 }) => letterOf(TYPES.indexOf(type), sha256 !== undefined)).join(''),
    sizes: entries.map(({ sizeBytes }) => sizeBytes),
    modes: entries.map(({ mode }) => mode),
    uids: entries.map(({ uid }) => uid),
    gids: entries.map(({ gid }) => gid),
    rest: restOf(entries),
  } satisfies Columns)
  // In place, not joined of parts: half a million entries are a hundred megabytes each time they are copied.
  const jsonBytes = Buffer.byteLength(json)
  const whole = Buffer.allocUnsafe(LENGTH_BYTES + jsonBytes + hashed * SHA256_BYTES)
  whole.writeUInt32LE(jsonBytes)
  let at = LENGTH_BYTES + whole.write(json, LENGTH_BYTES)
  for (const { sha256 } of entries)
    if (sha256 !== undefined) at += whole.write(sha256, at, SHA256_BYTES, 'hex')
  return zstdCompressSync(whole)
}

/** What few entries have beside the columns, by position. */
function restOf(entries: readonly LayerEntry[]): Columns['rest'] {
  const rest: Columns['rest'][number][] = []
  for (const [at, entry] of entries.entries()) {
    const { path: _p, type: _t, sizeBytes: _s, mode: _m, uid: _u, gid: _g, sha256: _h, ...more } = entry
    if (hasKeys(more)) rest.push([at, more])
  }
  return rest
}

function hasKeys(value: object): boolean {
  for (const _ in value) return true
  return false
}

/** The facts that `encodeFacts` was given, a listing or more; undefined for bytes that are none. */
export function decodeFacts<Kind extends LayerListing = LayerFacts>(bytes: Uint8Array): Kind | undefined {
  try {
    const whole = zstdDecompressSync(bytes, { maxOutputLength: DECODED_LIMIT_BYTES })
    const jsonEnd = LENGTH_BYTES + whole.readUInt32LE(0)
    const columns = JSON.parse(whole.toString('utf8', LENGTH_BYTES, jsonEnd)) as Columns
    const { paths, types, sizes, modes, uids, gids, rest, ...others } = columns
    const entries = new Array<LayerEntry>(paths.length)
    let hashAt = jsonEnd
    for (let at = 0; at < entries.length; at++) {
      const letter = types.charCodeAt(at) - FIRST_LETTER
      const path = paths[at] ?? ''
      const type = TYPES[letter % TYPES.length] ?? 'file'
      const [sizeBytes, mode, uid, gid] = [sizes[at] ?? 0, modes[at] ?? 0, uids[at] ?? 0, gids[at] ?? 0]
      if (letter < TYPES.length) entries[at] = { path, type, sizeBytes, mode, uid, gid }
      else {
        const sha256 = whole.toString('hex', hashAt, hashAt + SHA256_BYTES)
        entries[at] = { path, type, sizeBytes, mode, uid, gid, sha256 }
        hashAt += SHA256_BYTES
      }
    }
    for (const [at, more] of rest) entries[at] = { ...(entries[at] as LayerEntry), ...more }
    return { ...others, entries } as LayerListing as Kind
  } catch {
    return undefined
  }
}

const FIRST_LETTER = 'a'.charCodeAt(0)

function letterOf(type: number, isHashed: boolean): string {
  return String.fromCharCode(FIRST_LETTER + type + (isHashed ? TYPES.length : 0))
}
