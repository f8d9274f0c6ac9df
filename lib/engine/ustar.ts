const BLOCK_BYTES = 512

/** One file as it goes into an archive. */
export interface TarFile {
  /** 100 bytes at most. */
  readonly name: string
  /** Below 8 GiB. */
  readonly sizeBytes: number
  /** 0644 when nobody says. */
  readonly mode?: number | undefined
}

/** Two empty blocks. */
export const TAR_END = Buffer.alloc(2 * BLOCK_BYTES)

/** A POSIX ustar header. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
export function tarHeader({ name, sizeBytes, mode = 0o644 }: TarFile): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES)
  const octal = (value: number, offset: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1')
  block.write(name, 0, 100)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(sizeBytes, 124, 12)
  octal(0, 136, 12)
  block.fill(' ', 148, 156)
  block.write('0', 156, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** What fills the last block of a file. */
export function tarPadding(sizeBytes: number): Uint8Array {
  return Buffer.alloc((BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES)
}

/** A small file whole: header, bytes, padding. */
export function tarEntry(name: string, bytes: Uint8Array, mode?: number): readonly Uint8Array[] {
  const sizeBytes = bytes.byteLength
  return [tarHeader({ name, sizeBytes, mode }), bytes, tarPadding(sizeBytes)]
}
