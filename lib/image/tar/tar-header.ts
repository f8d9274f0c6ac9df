/** The size of a header and the unit of padding. */
export const TAR_BLOCK_BYTES = 512

/** The fields of one header block, extensions not applied. */
export interface TarHeader {
  readonly name: string
  readonly linkName: string
  /** The typeflag: `0` file, `1` hard link, `2` symbolic link, `5` directory, `x` PAX … */
  readonly type: string
  /** As stated; what the type makes of it is the reader's. Undefined when the field is no number. */
  readonly sizeBytes: number | undefined
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

const NAME = { at: 0, width: 100 }
const LINK_NAME = { at: 157, width: 100 }
const PREFIX = { at: 345, width: 155 }
/** star keeps two times behind a shorter prefix. */
const STAR_PREFIX_WIDTH = 131
const SPACE = 0x20
const ZERO = 0x30
const SEVEN = 0x37

/**
 * Reads a header block at `at`, or says what is wrong with it. ustar, GNU, star and the format before them.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export function readTarHeader(bytes: Buffer, at: number): TarHeader | string {
  if (!hasGoodChecksum(bytes, at)) return 'the checksum of a header is wrong'
  const name = textAt(bytes, at + NAME.at, NAME.width)
  const prefix = prefixAt(bytes, at)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: textAt(bytes, at + LINK_NAME.at, LINK_NAME.width),
    type: String.fromCharCode(bytes[at + 156] ?? 0),
    sizeBytes: numberAt(bytes, at + 124, 12),
    mode: (numberAt(bytes, at + 100, 8) ?? 0) & 0o7777,
    uid: numberAt(bytes, at + 108, 8) ?? 0,
    gid: numberAt(bytes, at + 116, 8) ?? 0,
  }
}

/** Whether the block at `at` holds zeros alone: two of them end an archive. */
export function isZeroBlock(bytes: Buffer, at: number): boolean {
  for (let end = at + TAR_BLOCK_BYTES; at < end; at++) if (bytes[at] !== 0) return false
  return true
}

/** The size of content with its padding. */
export function paddedBytes(sizeBytes: number): number {
  return Math.ceil(sizeBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES
}

/**
 * A number field: octal text, or GNU's base 256 for what is too large (or negative) for it. Undefined where it is
 * neither, or beyond 2^53.
 */
export function numberAt(bytes: Buffer, at: number, width: number): number | undefined {
  const first = bytes[at] ?? 0
  if (first & 0x80) return base256At(bytes, at, width)
  let value = 0
  let end = at
  const stop = at + width
  while (end < stop && bytes[end] === SPACE) end++
  for (; end < stop; end++) {
    const byte = bytes[end] ?? 0
    if (byte === 0 || byte === SPACE) break
    if (byte < ZERO || byte > SEVEN) return undefined
    value = value * 8 + (byte - ZERO)
  }
  return value
}

/** Text up to its NUL; bytes that are no UTF-8 are read as Latin-1, so that different names stay different. */
export function textAt(bytes: Buffer, at: number, width: number): string {
  let end = at
  let isAscii = true
  const stop = Math.min(at + width, bytes.length)
  for (; end < stop; end++) {
    const byte = bytes[end] ?? 0
    if (byte === 0) break
    if (byte > 0x7f) isAscii = false
  }
  return isAscii ? bytes.toString('latin1', at, end) : utf8OrLatin1(bytes.subarray(at, end))
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function utf8OrLatin1(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function prefixAt(bytes: Buffer, at: number): string {
  const isPosix = bytes[at + 262] === 0 && bytes.toString('latin1', at + 257, at + 262) === 'ustar'
  if (!isPosix || bytes[at + PREFIX.at] === 0) return ''
  const isStar = bytes.toString('latin1', at + 508, at + 512) === 'tar\0'
  return textAt(bytes, at + PREFIX.at, isStar ? STAR_PREFIX_WIDTH : PREFIX.width)
}

/** The sum over the block with the checksum's own field as spaces; some old programs summed signed bytes. */
function hasGoodChecksum(bytes: Buffer, at: number): boolean {
  let sum = 0
  let high = 0
  for (let index = at; index < at + TAR_BLOCK_BYTES; index++) {
    const byte = bytes[index] ?? 0
    sum += byte
    high += byte >> 7
  }
  for (let index = at + 148; index < at + 156; index++) {
    const byte = bytes[index] ?? 0
    sum += SPACE - byte
    high -= byte >> 7
  }
  const stated = numberAt(bytes, at + 148, 8)
  return stated === sum || stated === sum - 256 * high
}

function base256At(bytes: Buffer, at: number, width: number): number | undefined {
  const isNegative = ((bytes[at] ?? 0) & 0x40) !== 0
  if (isNegative) return undefined
  let value = (bytes[at] ?? 0) & 0x3f
  for (let index = at + 1; index < at + width; index++) value = value * 256 + (bytes[index] ?? 0)
  return Number.isSafeInteger(value) ? value : undefined
}
