import type { TarMember } from '../../tar/tar-parser.ts'
import type { LayerLimits } from '../layer-limits.ts'
import type { ChunkStart } from './chunk-map.ts'

/** A line of a table of contents as the archive would have it; `sha256` of files, hex. */
export interface TableMember {
  readonly member: TarMember
  readonly sha256?: string
  /** Where it says the parts of a file begin; undefined for what makes no sense. */
  readonly starts: (ChunkStart | undefined)[]
}

const TYPES: Readonly<Record<string, string>> = {
  reg: '0',
  hardlink: '1',
  symlink: '2',
  char: '3',
  block: '4',
  dir: '5',
  fifo: '6',
}
const SHA256 = /^sha256:([a-f0-9]{64})$/
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const ID_LIMIT = 2 ** 32

/**
 * The lines of a table of contents, version 1. Undefined for one that breaks its own rules anywhere: half a table would
 * pass for a whole layer.
 */
export function tableMembers(table: unknown, limits: LayerLimits): TableMember[] | undefined {
  if (!isRecord(table) || table.version !== 1 || !Array.isArray(table.entries)) return undefined
  const members: TableMember[] = []
  for (const entry of table.entries as unknown[]) {
    if (!isRecord(entry)) return undefined
    // Further parts of the file before.
    if (entry.type === 'chunk') {
      const last = members.at(-1)
      last?.starts.push(last.member.name === entry.name ? startOf(entry) : undefined)
      continue
    }
    const member = memberOf(entry, limits)
    if (!member) return undefined
    members.push(member)
  }
  return members
}

function memberOf(entry: Readonly<Record<string, unknown>>, limits: LayerLimits): TableMember | undefined {
  const { name, type, linkName = '' } = entry
  const code = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  const sizeBytes = count(entry.size, limits.entryBytes)
  const mode = count(entry.mode, ID_LIMIT)
  const uid = count(entry.uid, ID_LIMIT)
  const gid = count(entry.gid, ID_LIMIT)
  if (code === undefined || sizeBytes === undefined || mode === undefined) return undefined
  if (uid === undefined || gid === undefined) return undefined
  if (!isPath(name, limits) || name === '' || !isPath(linkName, limits)) return undefined
  const xattrs = textsOf(entry.xattrs)
  if (xattrs === undefined) return undefined
  const member: TarMember = {
    ...{ name, linkName, type: code, uid, gid, isPassedOver: false },
    sizeBytes: code === '0' ? sizeBytes : 0,
    mode: mode & 0o7777,
    ...(Object.keys(xattrs).length > 0 ? { xattrs } : {}),
  }
  if (code !== '0') return { member, starts: [] }
  const sha256 = sizeBytes === 0 ? EMPTY_SHA256 : SHA256.exec(String(entry.digest))?.[1]
  return sha256 === undefined
    ? undefined
    : { member, sha256, starts: sizeBytes === 0 ? [] : [startOf(entry)] }
}

function startOf(entry: Readonly<Record<string, unknown>>): ChunkStart | undefined {
  const offset = count(entry.offset, Number.MAX_SAFE_INTEGER)
  const skipBytes = count(entry.innerOffset, Number.MAX_SAFE_INTEGER)
  const fileOffset = count(entry.chunkOffset, Number.MAX_SAFE_INTEGER)
  if (offset === undefined || skipBytes === undefined || fileOffset === undefined) return undefined
  return { offset, skipBytes, fileOffset, isHole: entry.chunkType === 'zeros' }
}

/** A number that may be left out when it is 0. */
function count(value: unknown, limit: number): number | undefined {
  if (value === undefined) return 0
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= limit
    ? value
    : undefined
}

function isPath(value: unknown, { pathBytes }: LayerLimits): value is string {
  return typeof value === 'string' && Buffer.byteLength(value) <= pathBytes && !value.includes('\0')
}

function textsOf(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) return undefined
  const texts = Object.entries(value)
  return texts.every(([, text]) => typeof text === 'string')
    ? (Object.fromEntries(texts) as Record<string, string>)
    : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
