import type { Digest } from '#lib/oci/digest.ts'
import type { PackageDatabase } from '../packages/package-database.ts'
import type { ProgramFacts } from '../program-facts.ts'
import type { OsRelease } from './os-release.ts'

/** What lies at a path. */
export type EntryType = 'file' | 'directory' | 'symlink' | 'character-device' | 'block-device' | 'fifo'

/** One path that a layer brings. */
export interface LayerEntry {
  /** From the root, without a leading slash; the root itself is the empty text. */
  readonly path: string
  readonly type: EntryType
  /** Of a file; 0 for everything else. */
  readonly sizeBytes: number
  /** Permission bits with setuid, setgid and sticky: `0o755`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of a symbolic link, as written. */
  readonly linkTarget?: string
  /** Of a file, hex. Absent for a hard link to a lower layer, and for a sparse file beyond the limit. */
  readonly sha256?: string
  /** What a kernel would make of the file; absent for what is no program. */
  readonly program?: ProgramFacts
  /** This path is another name of that one. */
  readonly hardLinkTo?: string
  /** The other name is a lower layer's, which has the rest of the facts. */
  readonly linkBelow?: string
  /** Extended attributes by name, base64. */
  readonly xattrs?: Readonly<Record<string, string>>
}

/** Something odd in a layer that is no reason to refuse it. */
export interface LayerNote {
  readonly code: LayerNoteCode
  /** As the archive writes it. */
  readonly path: string
}

/** The closed list of oddities, each with what was done about it. */
export type LayerNoteCode =
  /** A path with `..` that leads out of the image: it was kept within. */
  | 'path_escapes'
  /** A sparse file beyond the limit: listed, not hashed. */
  | 'sparse_not_hashed'
  /** A hard link without anything at its other end. */
  | 'hard_link_broken'
  /** A whiteout that names nothing: ignored. */
  | 'whiteout_invalid'
  /** A kind of entry that is not known: ignored. */
  | 'entry_unknown'
  /** An entry below something that is no directory: left out. */
  | 'parent_not_directory'

/** How a layer is packed, by its first bytes; its media type is not trusted. */
export type Compression = 'none' | 'gzip' | 'zstd'

/**
 * What a layer holds, without what only a look into its files tells: no programs, no packages. Of a table of contents,
 * or a part of the facts.
 */
export type LayerListing = Omit<LayerFacts, 'diffId' | 'unpackedBytes' | 'databases'>

/**
 * What a layer's table of contents and some parts of it tell: hashes and attributes of all files by the table, what is
 * code by the first bytes of files that are executable or named like code, packages by their databases.
 */
export interface LayerScan extends LayerListing, Pick<LayerFacts, 'databases'> {
  /** Files with content that nobody looked into. */
  readonly unlookedFiles: number
}

/** Everything Archway keeps of a layer, a pure function of its bytes. */
export interface LayerFacts {
  /** Of the archive, decompressed. */
  readonly diffId: Digest
  readonly compression: Compression
  readonly sizeBytes: number
  readonly unpackedBytes: number
  /** One per path, parents not always among them; whiteouts apart. */
  readonly entries: readonly LayerEntry[]
  /** Paths of lower layers that this one removes, with all below them. */
  readonly whiteouts: readonly string[]
  /** Directories whose content in lower layers this one hides. */
  readonly opaque: readonly string[]
  readonly databases: readonly PackageDatabase[]
  /** What its `os-release` files say, where it has some. */
  readonly osReleases?: readonly OsRelease[]
  /** The first of them; the rest are not worth the room. */
  readonly notes: readonly LayerNote[]
}
