import type { ImageEntry } from './image-entry.ts'

const BLOCK_BYTES = 512
/** Extension records (long names, PAX) before an entry; more are no archive of ours. */
const EXTENSION_LIMIT = 8
const EXTENSION_LIMIT_BYTES = 64 << 10

/** The first entry of a tar archive, nothing when the archive is empty, or why it cannot be read. */
export type TarReading =
  | { readonly kind: 'entry'; readonly entry: ImageEntry }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly reason: string }

/**
 * Reads the first entry of a tar archive and at most `headBytes` of its content, then leaves the stream. Understands
 * ustar, GNU long links and PAX. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export async function readTarEntry(
  archive: AsyncIterable<Uint8Array>,
  headBytes: number,
): Promise<TarReading> {
  const stream = archive[Symbol.asyncIterator]()
  try {
    return await readEntry(new ByteStream(stream), headBytes)
  } finally {
    await stream.return?.()
  }
}

async function readEntry(bytes: ByteStream, headBytes: number): Promise<TarReading> {
  let longLink: string | undefined
  let paxSizeBytes: number | undefined
  for (let extensions = 0; extensions <= EXTENSION_LIMIT; extensions++) {
    const block = await bytes.take(BLOCK_BYTES)
    if (block.byteLength === 0 || block.every((byte) => byte === 0)) return { kind: 'empty' }
    if (block.byteLength < BLOCK_BYTES) return broken('it ends within a header')
    if (!hasGoodChecksum(block)) return broken('the checksum of a header is wrong')
    const sizeBytes = numberAt(block, 124, 12)
    const type = String.fromCharCode(block[156] ?? 0)
    if (!'xgLK'.includes(type)) {
      return toEntry(bytes, block, type, { longLink, sizeBytes: paxSizeBytes ?? sizeBytes, headBytes })
    }
    if (sizeBytes > EXTENSION_LIMIT_BYTES) return broken('an extension header is too large')
    const content = (await bytes.take(padded(sizeBytes))).subarray(0, sizeBytes)
    if (type === 'K') longLink = text(content)
    if (type === 'x') {
      const records = paxRecords(content)
      longLink = records.get('linkpath') ?? longLink
      const stated = Number(records.get('size') ?? Number.NaN)
      if (Number.isSafeInteger(stated)) paxSizeBytes = stated
    }
  }
  return broken('it has too many extension headers')
}

interface EntryFacts {
  readonly longLink: string | undefined
  readonly sizeBytes: number
  readonly headBytes: number
}

async function toEntry(
  bytes: ByteStream,
  block: Uint8Array,
  type: string,
  { longLink, sizeBytes, headBytes }: EntryFacts,
): Promise<TarReading> {
  switch (type) {
    case '0':
    case '\0':
    case '7': {
      const head = await bytes.take(Math.min(sizeBytes, headBytes))
      if (head.byteLength < Math.min(sizeBytes, headBytes)) return broken('it ends within the file')
      return {
        kind: 'entry',
        entry: { kind: 'file', mode: numberAt(block, 100, 8) & 0o7777, sizeBytes, head },
      }
    }
    case '2':
      return { kind: 'entry', entry: { kind: 'symlink', target: longLink ?? text(block.subarray(157, 257)) } }
    case '5':
      return { kind: 'entry', entry: { kind: 'directory' } }
    default:
      return { kind: 'entry', entry: { kind: 'other' } }
  }
}

/** `LENGTH KEY=VALUE\n`, the length counting the whole record. What is malformed ends the list. */
function paxRecords(content: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < content.byteLength; ) {
    const space = content.indexOf(0x20, at)
    const length = space < 0 ? Number.NaN : Number(text(content.subarray(at, space)))
    if (!Number.isSafeInteger(length) || length <= space - at) break
    const record = text(content.subarray(space + 1, at + length - 1))
    const equals = record.indexOf('=')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}

function hasGoodChecksum(block: Uint8Array): boolean {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  return sum === numberAt(block, 148, 8)
}

/** Octal text, or GNU's base 256 for what is too large for it. */
function numberAt(block: Uint8Array, offset: number, width: number): number {
  const field = block.subarray(offset, offset + width)
  if ((field[0] ?? 0) & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0)
  return Number.parseInt(text(field).trim() || '0', 8) || 0
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0)
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end))
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES
}

function broken(reason: string): TarReading {
  return { kind: 'broken', reason }
}

/** Bytes of a stream in pieces of the asked length; fewer at its end. */
class ByteStream {
  private rest: Uint8Array = new Uint8Array()
  private readonly stream: AsyncIterator<Uint8Array>

  constructor(stream: AsyncIterator<Uint8Array>) {
    this.stream = stream
  }

  async take(lengthBytes: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let missing = lengthBytes
    while (missing > 0) {
      if (this.rest.byteLength === 0) {
        const next = await this.stream.next()
        if (next.done) break
        this.rest = next.value
      }
      const part = this.rest.subarray(0, missing)
      parts.push(part)
      this.rest = this.rest.subarray(part.byteLength)
      missing -= part.byteLength
    }
    return Buffer.concat(parts)
  }
}
