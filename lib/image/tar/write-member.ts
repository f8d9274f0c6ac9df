import { paddedBytes, TAR_BLOCK_BYTES } from './tar-header.ts'

const NAME_BYTES = 100
/** Eleven octal digits: a larger file has no place in this header. */
export const MEMBER_LIMIT_BYTES = 8 ** 11 - 1

/** A file as a member of an archive, of any name: GNU's long name stands before it where that is needed. */
export function* writeMember(name: string, bytes: Uint8Array, mode?: number): Generator<Uint8Array> {
  const longName = Buffer.from(`${name}\0`)
  if (longName.length > NAME_BYTES) {
    yield memberHeader('././@LongLink', longName.length, { type: 'L' })
    yield longName
    yield memberPadding(longName.length)
  }
  yield memberHeader(
    longName.subarray(0, Math.min(longName.length - 1, NAME_BYTES)).toString('latin1'),
    bytes.byteLength,
    { mode },
  )
  yield bytes
  yield memberPadding(bytes.byteLength)
}

/** What ends an archive. */
export function archiveEnd(): Uint8Array {
  return Buffer.alloc(2 * TAR_BLOCK_BYTES)
}

/** Zeros up to the next block. */
export function memberPadding(sizeBytes: number): Uint8Array {
  return Buffer.alloc(paddedBytes(sizeBytes) - sizeBytes)
}

/** A POSIX ustar header; the name is of latin1 bytes. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
export function memberHeader(
  name: string,
  sizeBytes: number,
  { type = '0', mode = 0o644 }: { readonly type?: '0' | 'L'; readonly mode?: number | undefined } = {},
): Uint8Array {
  const block = Buffer.alloc(TAR_BLOCK_BYTES)
  const octal = (value: number, offset: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1')
  block.write(name, 0, NAME_BYTES, 'latin1')
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(sizeBytes, 124, 12)
  octal(0, 136, 12)
  block.fill(' ', 148, 156)
  block.write(type, 156, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}
