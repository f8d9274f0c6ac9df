/**
 * The records of a PAX extended header: `LENGTH KEY=VALUE\n`, the length counting the whole record. Values stay bytes,
 * since those of `SCHILY.xattr.*` are no text; a key given twice has both. What is malformed ends the list.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03
 */
export function readPaxRecords(content: Buffer): PaxRecords {
  const records: [string, Buffer][] = []
  for (let at = 0; at < content.byteLength; ) {
    const space = content.indexOf(0x20, at)
    const length = space < 0 ? Number.NaN : Number(content.toString('latin1', at, space))
    if (!Number.isSafeInteger(length) || length <= space - at + 1 || at + length > content.byteLength) break
    const equals = content.indexOf(0x3d, space)
    const end = at + length - 1
    if (equals > space && equals < end) {
      records.push([content.toString('utf8', space + 1, equals), content.subarray(equals + 1, end)])
    }
    at += length
  }
  return new PaxRecords(records)
}

/** What an extended header says of the entry behind it. */
export class PaxRecords {
  private readonly records: readonly (readonly [string, Buffer])[]

  constructor(records: readonly (readonly [string, Buffer])[]) {
    this.records = records
  }

  /** The value as text; the last one wins. Bytes that are no UTF-8 are read as Latin-1. */
  text(key: string): string | undefined {
    const value = this.records.findLast(([name]) => name === key)?.[1]
    if (value === undefined) return undefined
    const text = value.toString()
    return text.includes('\uFFFD') ? value.toString('latin1') : text
  }

  /** The value as a whole number; undefined where it is absent or none. Sizes and ids may be written as `12.0`. */
  number(key: string): number | undefined {
    const text = this.text(key)
    const value = text === undefined || !/^\d+(\.0*)?$/.test(text) ? Number.NaN : Number(text)
    return Number.isSafeInteger(value) ? value : undefined
  }

  /** All values of a key, in order. */
  all(key: string): readonly string[] {
    return this.records.filter(([name]) => name === key).map(([, value]) => value.toString('latin1'))
  }

  /** Extended attributes by name, base64. */
  xattrs(): Readonly<Record<string, string>> | undefined {
    const found = this.records.filter(([name]) => name.startsWith(XATTR))
    if (found.length === 0) return undefined
    return Object.fromEntries(
      found.map(([name, value]) => [name.slice(XATTR.length), value.toString('base64')]),
    )
  }
}

const XATTR = 'SCHILY.xattr.'
