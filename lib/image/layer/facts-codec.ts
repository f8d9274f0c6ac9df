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
  const hashed = entries.flatMap(({ sha256 }) => sha256 ?? [])
  const columns: Columns = {
    ...others,
    paths: entries.map(({ path }) => path),
    types: entries.map(({ type, sha256 }) => letterOf(TYPES.indexOf(type), sha256 !== undefined)).join(''),
    sizes: entries.map(({ sizeBytes }) => sizeBytes),
    modes: entries.map(({ mode }) => mode),
    uids: entries.map(({ uid }) => uid),
    gids: entries.map(({ gid }) => gid),
    rest: entries.flatMap((entry, at) => {
      const { path: _p, type: _t, sizeBytes: _s, mode: _m, uid: _u, gid: _g, sha256: _h, ...rest } = entry
      return Object.keys(rest).length === 0 ? [] : [[at, rest] as const]
    }),
  }
  const json = Buffer.from(JSON.stringify(columns))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(json.length)
  return zstdCompressSync(Buffer.concat([length, json, Buffer.from(hashed.join(''), 'hex')]))
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
      const entry = {
        path: paths[at] ?? '',
        type: TYPES[letter % TYPES.length] ?? 'file',
        sizeBytes: sizes[at] ?? 0,
        mode: modes[at] ?? 0,
        uid: uids[at] ?? 0,
        gid: gids[at] ?? 0,
      }
      if (letter < TYPES.length) entries[at] = entry
      else {
        entries[at] = { ...entry, sha256: whole.toString('hex', hashAt, hashAt + SHA256_BYTES) }
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
