import type { ImageEntry } from './image-entry.ts'
import { readPaxRecords } from './tar/pax-records.ts'
import {
  isZeroBlock,
  paddedBytes,
  readTarHeader,
  TAR_BLOCK_BYTES,
  type TarHeader,
  textAt,
} from './tar/tar-header.ts'

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
    const block = await bytes.take(TAR_BLOCK_BYTES)
    if (block.byteLength === 0) return { kind: 'empty' }
    if (block.byteLength < TAR_BLOCK_BYTES) return broken('it ends within a header')
    if (isZeroBlock(block, 0)) return { kind: 'empty' }
    const header = readTarHeader(block, 0)
    if (typeof header === 'string') return broken(header)
    const isExtension = 'xgLK'.includes(header.type)
    const sizeBytes = isExtension ? header.sizeBytes : (paxSizeBytes ?? header.sizeBytes)
    if (sizeBytes === undefined) return broken('the size in a header is no number')
    if (!isExtension) return toEntry(bytes, header, { longLink, sizeBytes, headBytes })
    if (sizeBytes > EXTENSION_LIMIT_BYTES) return broken('an extension header is too large')
    const content = (await bytes.take(paddedBytes(sizeBytes))).subarray(0, sizeBytes)
    if (header.type === 'K') longLink = textAt(content, 0, content.byteLength)
    if (header.type === 'x') {
      const records = readPaxRecords(content)
      longLink = records.text('linkpath') ?? longLink
      paxSizeBytes = records.number('size') ?? paxSizeBytes
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
  header: TarHeader,
  { longLink, sizeBytes, headBytes }: EntryFacts,
): Promise<TarReading> {
  switch (header.type) {
    case '0':
    case '\0':
    case '7': {
      const head = await bytes.take(Math.min(sizeBytes, headBytes))
      if (head.byteLength < Math.min(sizeBytes, headBytes)) return broken('it ends within the file')
      return { kind: 'entry', entry: { kind: 'file', mode: header.mode, sizeBytes, head } }
    }
    case '2':
      return { kind: 'entry', entry: { kind: 'symlink', target: longLink ?? header.linkName } }
    case '5':
      return { kind: 'entry', entry: { kind: 'directory' } }
    default:
      return { kind: 'entry', entry: { kind: 'other' } }
  }
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

  async take(lengthBytes: number): Promise<Buffer> {
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
