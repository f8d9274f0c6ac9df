import { brokenDatabase, type DatabaseContent, type Package, type ReadSqlite } from './package-database.ts'

const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  architecture: 1022,
  source: 1044,
} as const
const TYPE = { int32: 4, string: 6, stringArray: 8, i18nString: 9 } as const
const SQLITE = Buffer.from('SQLite format 3\0', 'latin1')
const BERKELEY_HASH = 0x00061561
const NDB = Buffer.from('RpmP')
/** Entries of a header; rpm's own limit is far higher, real headers have about a hundred. */
const ENTRIES_LIMIT = 65_536

/** rpm's database. The formats before SQLite are recognised and named. */
export function readRpm(bytes: Buffer, readSqlite: ReadSqlite | undefined): DatabaseContent {
  if (bytes.length === 0) return { packages: [] }
  if (!bytes.subarray(0, SQLITE.length).equals(SQLITE)) return unread(formatOf(bytes))
  if (!readSqlite) return unread('SQLite')
  let headers: readonly Uint8Array[]
  try {
    headers = readSqlite(bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { packages: [], problem: brokenDatabase(`SQLite says “${reason}”.`) }
  }
  const packages = headers.flatMap((header) => readRpmHeader(header) ?? [])
  const broken = headers.length - packages.length
  return broken === 0
    ? { packages }
    : { packages, problem: brokenDatabase(`${broken} of its headers lack a name or a version.`) }
}

/**
 * One header: the count of entries, the size of the data, entries of tag, type, offset and count, then the data.
 * https://rpm-software-management.github.io/rpm/manual/format_header.html
 */
export function readRpmHeader(header: Uint8Array): Package | undefined {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength)
  if (bytes.length < 8) return undefined
  const count = bytes.readUInt32BE(0)
  const dataAt = 8 + count * 16
  if (count > ENTRIES_LIMIT || dataAt + bytes.readUInt32BE(4) > bytes.length) return undefined
  const found = new Map<number, string>()
  for (let at = 8; at < dataAt; at += 16) {
    const tag = bytes.readUInt32BE(at)
    if (!WANTED.has(tag)) continue
    const value = valueAt(bytes, bytes.readUInt32BE(at + 4), dataAt + bytes.readUInt32BE(at + 8))
    if (value !== undefined) found.set(tag, value)
  }
  const [name, version, release] = [found.get(TAG.name), found.get(TAG.version), found.get(TAG.release)]
  if (!name || !version) return undefined
  const epoch = found.get(TAG.epoch)
  const architecture = found.get(TAG.architecture)
  const source = found.get(TAG.source)
  return {
    name,
    version: `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`,
    ...(architecture ? { architecture } : {}),
    ...(source ? { source } : {}),
  }
}

const WANTED = new Set<number>(Object.values(TAG))

function valueAt(bytes: Buffer, type: number, at: number): string | undefined {
  if (type === TYPE.int32) return at + 4 <= bytes.length ? String(bytes.readUInt32BE(at)) : undefined
  if (type !== TYPE.string && type !== TYPE.stringArray && type !== TYPE.i18nString) return undefined
  const end = bytes.indexOf(0, at)
  return end < 0 || at >= bytes.length ? undefined : bytes.toString('utf8', at, end)
}

function formatOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, NDB.length).equals(NDB)) return 'ndb'
  if (bytes.length < 16) return undefined
  const isBerkeley = bytes.readUInt32LE(12) === BERKELEY_HASH || bytes.readUInt32BE(12) === BERKELEY_HASH
  return isBerkeley ? 'Berkeley DB' : undefined
}

function unread(format: string | undefined): DatabaseContent {
  if (format === undefined) return { packages: [], problem: brokenDatabase('It is no database of rpm.') }
  const message = `It is in the format ${format}, which is not read.`
  return { packages: [], problem: { code: 'database_format', message } }
}
