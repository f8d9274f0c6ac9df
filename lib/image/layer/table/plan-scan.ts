import { DATABASE_LIMIT_BYTES, databaseTypeOf } from '../../packages/read-database.ts'
import type { LayerEntry } from '../layer-facts.ts'
import { isOsRelease, OS_RELEASE_LIMIT_BYTES } from '../os-release.ts'
import type { BytePart } from './byte-parts.ts'
import { chunksByPath, type TableChunk } from './chunk-map.ts'
import type { LayerTable } from './read-table.ts'

/** A file of a layer and where its bytes are. */
export interface PlacedFile {
  readonly entry: LayerEntry
  readonly chunks: readonly TableChunk[]
}

/** Which files of a layer are looked at by range. */
export interface ScanPlan {
  /** Their first bytes tell what they are. */
  readonly heads: readonly PlacedFile[]
  /** Package databases and the distribution's name: read whole. */
  readonly wholes: readonly PlacedFile[]
  /** Files with content that nobody looks into. */
  readonly unlookedFiles: number
}

/** Names of files that may be machine code without being executable. */
const CODE_NAME = /\.(so(\.[^/]*)?|node|ko|o|dylib|dll|exe|wasm|class)$/
const FILES_LIMIT = 10_000
/** In front of a file that shares its member with others. */
const SKIP_LIMIT_BYTES = 8 << 20
/** Deflate gives what it can of a cut stream: this much holds the headers of an ELF file. */
const GZIP_HEAD_BYTES = 3 << 10
/** zstd gives whole blocks alone; the largest, and the headers of frame and block. */
const ZSTD_HEAD_BYTES = (128 << 10) + 32

/** What is to be looked at of a layer. Undefined where the table does not say where, or it would be too much. */
export function planScan({ entries, chunkRow }: LayerTable): ScanPlan | undefined {
  if (chunkRow === undefined) return undefined
  const chunks = chunksByPath(entries, chunkRow)
  const heads: PlacedFile[] = []
  const wholes: PlacedFile[] = []
  let files = 0
  const codeNames = new Set(
    entries.flatMap(({ path, hardLinkTo }) => (CODE_NAME.test(path) ? [hardLinkTo ?? path] : [])),
  )
  for (const entry of entries) {
    if (entry.type !== 'file' || entry.hardLinkTo !== undefined) continue
    const isWhole = isReadWhole(entry)
    if (entry.sizeBytes === 0 && !isWhole) continue
    // Reading the layer says what is wrong with it.
    if (databaseTypeOf(entry.path) !== undefined && !isWhole) return undefined
    // The table itself has no place in the table.
    if (chunks.has(entry.path) || isWhole) files++
    const isCode = (entry.mode & 0o111) !== 0 || codeNames.has(entry.path)
    if (!isWhole && !isCode) continue
    const own = chunks.get(entry.path) ?? []
    if (own.length === 0 && entry.sizeBytes > 0) return undefined
    if (own.some(({ skipBytes }) => skipBytes > SKIP_LIMIT_BYTES)) return undefined
    const list = isWhole ? wholes : heads
    list.push({ entry, chunks: own })
  }
  const looked = heads.length + wholes.length
  return looked > FILES_LIMIT ? undefined : { heads, wholes, unlookedFiles: files - looked }
}

/** A file of this content by its place in the layer; undefined where the table does not tell it. */
export function placeFile(
  { entries, chunkRow }: LayerTable,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
): PlacedFile | undefined {
  const entry = entries.find((each) => each.path === path && each.sha256 === sha256)
  const chunks = entry && chunkRow && chunksByPath(entries, chunkRow).get(path)
  return chunks && { entry, chunks }
}

/** As reading the whole layer would keep them. */
function isReadWhole({ path, sizeBytes }: LayerEntry): boolean {
  if (isOsRelease(path)) return sizeBytes <= OS_RELEASE_LIMIT_BYTES
  return databaseTypeOf(path) !== undefined && sizeBytes <= DATABASE_LIMIT_BYTES
}

/** The bytes to read for a file's first ones. */
export function headPart({ chunks: [first] }: PlacedFile, compression: LayerTable['compression']): BytePart {
  const { offset = 0, packedBytes = 0, skipBytes = 0 } = first ?? {}
  // Behind others in one member, nobody knows where the packed bytes begin.
  const wantedBytes = skipBytes > 0 ? packedBytes : compression === 'gzip' ? GZIP_HEAD_BYTES : ZSTD_HEAD_BYTES
  return { offset, lengthBytes: Math.min(packedBytes, wantedBytes) }
}

/** The bytes to read for all of a file. */
export function wholeParts({ chunks }: PlacedFile): BytePart[] {
  return chunks
    .filter(({ packedBytes }) => packedBytes > 0)
    .map(({ offset, packedBytes }) => ({ offset, lengthBytes: packedBytes }))
}
