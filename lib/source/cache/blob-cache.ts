import { hash } from 'node:crypto'
import { type Digest, isDigest } from '#lib/oci/digest.ts'
import { type CacheEntry, EntryTable, type EntryTableOptions } from './entry-table.ts'

/** Whose view of which repository: private content is shared only between equal credentials. */
export interface CacheScope {
  readonly credentialKey: string
  /** Canonical text of the repository. */
  readonly repository: string
}

/** Content by digest. */
export interface CachedContent {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
}

/** What a tag was when the registry was last asked. */
export interface CachedTag {
  readonly digest: Digest
  readonly contentType: string | undefined
  readonly checkedAt: Date
}

/** All tag names of a repository when they were last listed. */
export interface CachedTagNames {
  readonly names: readonly string[]
  readonly listedAt: Date
}

/** Manifests and configs are cached apart: the same digest asked for as the other is another question. */
export type ContentKind = 'manifest' | 'blob'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * Everything about repositories that is worth keeping between two looks, bounded in bytes: content by digest, tag →
 * digest, tag names, and facts derived from a digest. On disk it holds no names of repositories and no credentials,
 * only hashes of both. Never throws; a miss is always a possible answer.
 */
export class BlobCache {
  private readonly entries: EntryTable
  private readonly now: () => Date

  constructor(options: EntryTableOptions) {
    this.entries = new EntryTable(options)
    this.now = options.now
  }

  /** Whether the cache outlives the process; false where its folder cannot be used. */
  get isPersistent(): boolean {
    return this.entries.isPersistent
  }

  /** Content of a digest as it was put. Whoever uses it verifies it: the disk may have lied. */
  getContent(scope: CacheScope, kind: ContentKind, digest: Digest): CachedContent | undefined {
    return this.entries.get(keyOf(scope, kind, digest))
  }

  putContent(scope: CacheScope, kind: ContentKind, digest: Digest, content: CachedContent): void {
    this.put(keyOf(scope, kind, digest), content.bytes, content.contentType, this.now())
  }

  deleteContent(scope: CacheScope, kind: ContentKind, digest: Digest): void {
    this.entries.delete(keyOf(scope, kind, digest))
  }

  getTag(scope: CacheScope, tag: string): CachedTag | undefined {
    return this.readTag(keyOf(scope, 'tag', tag))
  }

  /** What the tag was before it became what it is, with the time it was last seen so. */
  getTagBefore(scope: CacheScope, tag: string): CachedTag | undefined {
    return this.readTag(keyOf(scope, 'tag-before', tag))
  }

  putTag(scope: CacheScope, tag: string, value: CachedTag): void {
    const known = this.getTag(scope, tag)
    if (known && known.digest !== value.digest) this.keepBefore(scope, tag, known)
    this.put(keyOf(scope, 'tag', tag), encoder.encode(value.digest), value.contentType, value.checkedAt)
  }

  deleteTag(scope: CacheScope, tag: string): void {
    const known = this.getTag(scope, tag)
    if (known) this.keepBefore(scope, tag, known)
    this.entries.delete(keyOf(scope, 'tag', tag))
  }

  getTagNames(scope: CacheScope): CachedTagNames | undefined {
    const entry = this.entries.get(keyOf(scope, 'names', ''))
    if (!entry) return undefined
    const text = decoder.decode(entry.bytes)
    return { names: text === '' ? [] : text.split('\n'), listedAt: entry.at }
  }

  putTagNames(scope: CacheScope, value: CachedTagNames): void {
    const bytes = encoder.encode(value.names.join('\n'))
    this.put(keyOf(scope, 'names', ''), bytes, undefined, value.listedAt)
  }

  /** Facts of a digest as `putFacts` was given them, by way of JSON. */
  getFacts(scope: CacheScope, digest: Digest): unknown {
    const entry = this.entries.get(keyOf(scope, 'facts', digest))
    if (!entry) return undefined
    try {
      return JSON.parse(decoder.decode(entry.bytes))
    } catch {
      return undefined
    }
  }

  putFacts(scope: CacheScope, digest: Digest, facts: unknown): void {
    this.put(keyOf(scope, 'facts', digest), encoder.encode(JSON.stringify(facts)), undefined, this.now())
  }

  /** Writes what is waiting to the file. */
  flush(): void {
    this.entries.flush()
  }

  /** Flushes and closes. */
  close(): void {
    this.entries.close()
  }

  private keepBefore(scope: CacheScope, tag: string, { digest, contentType, checkedAt }: CachedTag): void {
    this.put(keyOf(scope, 'tag-before', tag), encoder.encode(digest), contentType, checkedAt)
  }

  private readTag(key: string): CachedTag | undefined {
    const entry = this.entries.get(key)
    const digest = entry && decoder.decode(entry.bytes)
    if (digest === undefined || !isDigest(digest)) return undefined
    return { digest, contentType: entry?.contentType, checkedAt: entry?.at ?? new Date(0) }
  }

  private put(key: string, bytes: Uint8Array, contentType: string | undefined, at: Date): void {
    const entry: CacheEntry = { bytes, contentType, at }
    this.entries.put(key, entry)
  }
}

function keyOf(scope: CacheScope, kind: string, item: string): string {
  return hash('sha256', `${kind}\n${scope.credentialKey}\n${scope.repository}\n${item}`, 'base64url')
}
