import { AppError } from '#lib/errors/app-error.ts'
import type { PackageDatabase, ReadSqlite } from '../packages/package-database.ts'
import { DATABASE_LIMIT_BYTES, databaseTypeOf, readDatabase } from '../packages/read-database.ts'
import type { TarMember, TarSink } from '../tar/tar-parser.ts'
import { FileContent } from './file-content.ts'
import type { EntryType, LayerEntry, LayerFacts, LayerNote, LayerNoteCode } from './layer-facts.ts'
import { brokenLayer, type LayerLimits } from './layer-limits.ts'
import { LayerParents } from './layer-parents.ts'
import { layerPath, parentOf } from './layer-path.ts'
import { isOsRelease, OS_RELEASE_LIMIT_BYTES, type OsRelease, readOsRelease } from './os-release.ts'

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'
/** What aufs kept for itself: `.wh..wh.aufs`, `.wh..wh.orph`, `.wh..wh.plnk`. */
const WHITEOUT_META = '.wh..wh.'
const NOTES_LIMIT = 100
/** Each costs a walk over all entries; a real archive has none. */
const CUTS_LIMIT = 1_000
const TYPES: Readonly<Record<string, EntryType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
}

/** Turns the members of an archive into the facts of a layer. The last member of a path wins. */
export class LayerWalk implements TarSink {
  private readonly limits: LayerLimits
  private readonly readSqlite: ReadSqlite | undefined
  private readonly entries = new Map<string, LayerEntry>()
  private readonly whiteouts = new Set<string>()
  private readonly opaque = new Set<string>()
  private readonly databases = new Map<string, PackageDatabase>()
  private readonly osReleases = new Map<string, OsRelease>()
  private readonly notes: LayerNote[] = []
  private readonly parents = new LayerParents((path) => this.entries.get(path))
  private members = 0
  private cuts = 0
  private current: { readonly entry: LayerEntry; readonly content: FileContent } | undefined

  constructor(limits: LayerLimits, readSqlite?: ReadSqlite) {
    this.limits = limits
    this.readSqlite = readSqlite
  }

  /** Members so far, whiteouts included. */
  get entryCount(): number {
    return this.members
  }

  member(member: TarMember): void {
    if (++this.members > this.limits.entries) {
      const message = `The layer holds more than ${this.limits.entries} entries.`
      throw new AppError('layer_entries_too_many', message)
    }
    this.current = undefined
    const named = layerPath(member.name)
    if (named.escapes) this.note('path_escapes', member.name)
    const path = this.parents.realPath(named.path)
    const name = path?.slice(path.lastIndexOf('/') + 1)
    if (path === undefined || name === undefined) this.note('parent_not_directory', member.name)
    else if (name.startsWith(WHITEOUT)) this.whiteout(path, name, member)
    else if (member.type === '1') this.hardLink(path, member)
    else this.entry(path, member)
  }

  content(chunk: Buffer, from: number, to: number): void {
    this.current?.content.push(chunk, from, to)
  }

  /**
   * In place of a file's content, its hash, from one who does not have the content. Nothing is looked at. Answers the
   * path the file got.
   */
  known(sha256: string): string | undefined {
    if (!this.current) return undefined
    const { entry } = this.current
    this.current = undefined
    this.put({ ...entry, sha256 })
    return entry.path
  }

  memberEnd(): void {
    if (!this.current) return
    const { entry, content } = this.current
    const { sha256, program, bytes } = content.end()
    this.current = undefined
    this.put({ ...entry, sha256, ...(program ? { program } : {}) })
    if (bytes && isOsRelease(entry.path)) this.osReleases.set(entry.path, readOsRelease(entry.path, bytes))
    const type = databaseTypeOf(entry.path)
    if (type === undefined) return
    this.databases.set(entry.path, readDatabase({ path: entry.path, type, bytes }, this.readSqlite))
  }

  /** The facts that the entries give, once the archive has ended. */
  finish(): Pick<LayerFacts, 'entries' | 'whiteouts' | 'opaque' | 'databases' | 'osReleases' | 'notes'> {
    return {
      entries: [...this.entries.values()],
      whiteouts: [...this.whiteouts],
      opaque: [...this.opaque],
      databases: [...this.databases.values()],
      ...(this.osReleases.size > 0 ? { osReleases: [...this.osReleases.values()] } : {}),
      notes: this.notes,
    }
  }

  private entry(path: string, member: TarMember): void {
    const type = member.type === 'D' || isOldDirectory(member) ? 'directory' : TYPES[member.type]
    if (type === undefined) {
      this.note('entry_unknown', member.name)
      return
    }
    const entry: LayerEntry = {
      path,
      type,
      sizeBytes: type === 'file' ? member.sizeBytes : 0,
      mode: member.mode,
      uid: member.uid,
      gid: member.gid,
      ...(type === 'symlink' ? { linkTarget: member.linkName } : {}),
      ...(member.xattrs ? { xattrs: member.xattrs } : {}),
    }
    if (type === 'file' && !member.isPassedOver) {
      const isKept =
        (databaseTypeOf(path) !== undefined && member.sizeBytes <= DATABASE_LIMIT_BYTES) ||
        (isOsRelease(path) && member.sizeBytes <= OS_RELEASE_LIMIT_BYTES)
      this.current = { entry, content: new FileContent(member.sizeBytes, isKept) }
      return
    }
    if (member.isPassedOver) this.note('sparse_not_hashed', member.name)
    this.put(entry)
  }

  private whiteout(path: string, name: string, member: TarMember): void {
    const parent = parentOf(path)
    const hidden = name.slice(WHITEOUT.length)
    if (name === OPAQUE) this.opaque.add(parent)
    else if (hidden === '' || hidden === '.' || hidden === '..') this.note('whiteout_invalid', member.name)
    else if (!name.startsWith(WHITEOUT_META)) {
      this.whiteouts.add(parent === '' ? hidden : `${parent}/${hidden}`)
    }
  }

  /** Another name for what is there already, or for what a lower layer has. */
  private hardLink(path: string, member: TarMember): void {
    const named = layerPath(member.linkName)
    if (named.escapes) this.note('path_escapes', member.linkName)
    const target = this.parents.realPath(named.path) ?? named.path
    const known = this.entries.get(target)
    const { mode, uid, gid } = member
    if (known === undefined) {
      this.put({ path, type: 'file', sizeBytes: 0, mode, uid, gid, hardLinkTo: target, linkBelow: target })
    } else if (known.type === 'directory') {
      this.note('hard_link_broken', member.name)
    } else {
      const { hardLinkTo: first = target, ...own } = known
      const database = this.databases.get(target)
      this.put({ ...own, path, hardLinkTo: first })
      if (database && databaseTypeOf(path) !== undefined) this.databases.set(path, { ...database, path })
    }
  }

  private put(entry: LayerEntry): void {
    const before = this.entries.get(entry.path)
    if (before !== undefined || entry.type !== 'directory') this.parents.changed()
    if (before !== undefined) {
      if (before.type === 'directory' && entry.type !== 'directory') this.cut(entry.path)
      this.databases.delete(entry.path)
      this.entries.delete(entry.path)
    }
    this.entries.set(entry.path, entry)
  }

  /** What lay below a directory goes with it; what comes below the same path later stays. */
  private cut(path: string): void {
    if (++this.cuts > CUTS_LIMIT) throw brokenLayer('it replaces its own directories again and again')
    const below = `${path}/`
    for (const each of this.entries.keys()) {
      if (!each.startsWith(below)) continue
      this.entries.delete(each)
      this.databases.delete(each)
    }
  }

  private note(code: LayerNoteCode, path: string): void {
    if (this.notes.length < NOTES_LIMIT) this.notes.push({ code, path })
  }
}

/** Archives older than POSIX mark a directory by the slash at its end. */
function isOldDirectory({ type, name, sizeBytes }: TarMember): boolean {
  return (type === '\0' || type === '0') && sizeBytes === 0 && name.endsWith('/')
}
