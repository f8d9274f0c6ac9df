import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { EntryType, LayerEntry, LayerFacts, LayerListing } from './layer-facts.ts'

/** Raise when facts change, in shape or in what reading finds: facts of other versions are not used. */
export const FACTS_VERSION = 3

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
/** Entries of one block: half a million of them at once would be a hundred megabytes on either side. */
const BLOCK_ENTRIES = 1 << 14
/** Of one block, decoded. */
const DECODED_LIMIT_BYTES = 1 << 30

/** What comes before the blocks of entries. */
interface Head extends Omit<LayerListing, 'entries'> {
  readonly entryCount: number
}

/** Entries by column: what neighbours share lies side by side and packs well. */
interface Columns {
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
export function encodeFacts({ entries, ...others }: LayerListing): Uint8Array {
  const parts = [packed({ ...others, entryCount: entries.length } satisfies Head, [])]
  for (let at = 0; at < entries.length; at += BLOCK_ENTRIES) {
    parts.push(encodeBlock(entries.slice(at, at + BLOCK_ENTRIES)))
  }
  return Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]))
}

function encodeBlock(entries: readonly LayerEntry[]): Uint8Array {
  const columns: Columns = {
    paths: entries.map(({ path }) => path),
    types: entries.map(({ type, sha256 }) => letterOf(TYPES.indexOf(type), sha256 !== undefined)).join(''),
    sizes: entries.map(({ sizeBytes }) => sizeBytes),
    modes: entries.map(({ mode }) => mode),
    uids: entries.map(({ uid }) => uid),
    gids: entries.map(({ gid }) => gid),
    rest: restOf(entries),
  }
  return packed(
    columns,
    entries.flatMap(({ sha256 }) => sha256 ?? []),
  )
}

/** A text and the hashes of its files behind it, packed. */
function packed(value: Head | Columns, hashes: readonly string[]): Uint8Array {
  const json = JSON.stringify(value)
  const jsonBytes = Buffer.byteLength(json)
  const whole = Buffer.allocUnsafe(LENGTH_BYTES + jsonBytes + hashes.length * SHA256_BYTES)
  whole.writeUInt32LE(jsonBytes)
  let at = LENGTH_BYTES + whole.write(json, LENGTH_BYTES)
  for (const sha256 of hashes) at += whole.write(sha256, at, SHA256_BYTES, 'hex')
  return zstdCompressSync(whole)
}

function lengthOf(part: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(part.byteLength)
  return length
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
    const blocks = blocksOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    const { entryCount, ...others } = unpacked<Head>(blocks.next().value).value
    const entries: LayerEntry[] = []
    for (const block of blocks) decodeBlock(block, entries)
    return entries.length === entryCount ? ({ ...others, entries } as LayerListing as Kind) : undefined
  } catch {
    return undefined
  }
}

function* blocksOf(bytes: Buffer): Generator<Buffer, undefined> {
  for (let at = 0; at < bytes.length; ) {
    const start = at + LENGTH_BYTES
    at = start + bytes.readUInt32LE(at)
    yield bytes.subarray(start, at)
  }
}

function unpacked<Value>(block: Buffer | undefined): { readonly value: Value; readonly hashes: Buffer } {
  const whole = zstdDecompressSync(block ?? '', { maxOutputLength: DECODED_LIMIT_BYTES })
  const jsonEnd = LENGTH_BYTES + whole.readUInt32LE(0)
  const value = JSON.parse(whole.toString('utf8', LENGTH_BYTES, jsonEnd)) as Value
  return { value, hashes: whole.subarray(jsonEnd) }
}

function decodeBlock(block: Buffer, into: LayerEntry[]): void {
  const { value, hashes } = unpacked<Columns>(block)
  const { paths, types, sizes, modes, uids, gids, rest } = value
  const first = into.length
  let hashAt = 0
  for (const [at, path] of paths.entries()) {
    const letter = types.charCodeAt(at) - FIRST_LETTER
    const type = TYPES[letter % TYPES.length] ?? 'file'
    const [sizeBytes, mode, uid, gid] = [sizes[at] ?? 0, modes[at] ?? 0, uids[at] ?? 0, gids[at] ?? 0]
    if (letter < TYPES.length) into.push({ path, type, sizeBytes, mode, uid, gid })
    else {
      const sha256 = hashes.toString('hex', hashAt, hashAt + SHA256_BYTES)
      into.push({ path, type, sizeBytes, mode, uid, gid, sha256 })
      hashAt += SHA256_BYTES
    }
  }
  for (const [at, more] of rest) into[first + at] = { ...(into[first + at] as LayerEntry), ...more }
}

const FIRST_LETTER = 'a'.charCodeAt(0)

function letterOf(type: number, isHashed: boolean): string {
  return String.fromCharCode(FIRST_LETTER + type + (isHashed ? TYPES.length : 0))
}
