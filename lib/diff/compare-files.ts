import { elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { canonicalPlatform, type Platform } from '#lib/oci/platform.ts'
import type { FoldReason } from './diff-side.ts'
import { pathKeys } from './path-keys.ts'

/**
 * What differs of a path that both sides have. `unhashed`: of the same size, and nobody knows its content. `path`: each
 * side spells its architecture in it.
 */
export type FileAspect = 'type' | 'content' | 'mode' | 'owner' | 'link' | 'unhashed' | 'path'

/** A path that is not the same on both sides. */
export interface FileChange {
  /** Of `to`, else of `from`. */
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly aspects: readonly FileAspect[]
  readonly from?: TreeEntry
  readonly to?: TreeEntry
  readonly folded?: FoldReason
}

/** All entries of one side, in path order, with the platform they are meant for. */
export interface FileSide {
  readonly platform: Platform
  readonly entries: readonly TreeEntry[]
}

/** What came of comparing two trees. */
export interface FileComparison {
  /** In path order. */
  readonly changes: readonly FileChange[]
  /** Paths that are the same in all. */
  readonly sameCount: number
}

/**
 * Compares two merged file systems. Across architectures, paths pair with the names of the architectures taken out:
 * `usr/lib/x86_64-linux-gnu/libc.so.6` is `usr/lib/powerpc64le-linux-gnu/libc.so.6`.
 */
export function compareFiles(from: FileSide, to: FileSide): FileComparison {
  const architectures = [from, to].map(({ platform }) => canonicalPlatform(platform).architecture)
  const isAcross = architectures[0] !== architectures[1]
  const [left, right] = isAcross
    ? [pathKeys(from.entries, architectures[0] ?? ''), pathKeys(to.entries, architectures[1] ?? '')]
    : [byPath(from.entries), byPath(to.entries)]
  const changes: FileChange[] = []
  let sameCount = 0
  for (const [key, entry] of left) {
    const other = right.get(key)
    if (other === undefined) {
      changes.push(withFold({ path: entry.path, change: 'removed', aspects: [], from: entry }, from, to))
      continue
    }
    const aspects = aspectsOf(entry, other)
    if (aspects.length === 0) sameCount++
    else
      changes.push(
        withFold({ path: other.path, change: 'changed', aspects, from: entry, to: other }, from, to),
      )
  }
  for (const [key, entry] of right) {
    if (!left.has(key))
      changes.push(withFold({ path: entry.path, change: 'added', aspects: [], to: entry }, from, to))
  }
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), sameCount }

  function withFold(change: FileChange, ...sides: [FileSide, FileSide]): FileChange {
    const folded = foldOf(change, ...sides, isAcross)
    return folded ? { ...change, folded } : change
  }
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]))
}

function aspectsOf(from: TreeEntry, to: TreeEntry): FileAspect[] {
  const path = from.path === to.path ? [] : ['path' as const]
  if (from.type !== to.type) return ['type', ...path]
  return [
    ...contentAspect(from, to),
    ...(from.linkTarget === to.linkTarget ? [] : ['link' as const]),
    // A link's own mode and owner mean nothing to whoever follows it.
    ...(from.type === 'symlink' || from.mode === to.mode ? [] : ['mode' as const]),
    ...(from.type === 'symlink' || (from.uid === to.uid && from.gid === to.gid) ? [] : ['owner' as const]),
    ...path,
  ]
}

function contentAspect(from: TreeEntry, to: TreeEntry): FileAspect[] {
  if (from.type !== 'file') return []
  if (from.sizeBytes !== to.sizeBytes) return ['content']
  if (from.sha256 === undefined || to.sha256 === undefined) return ['unhashed']
  return from.sha256 === to.sha256 ? [] : ['content']
}

/** Written anew wherever an image is built: caches, logs, ids. */
const GENERATED =
  /(^|\/)(__pycache__\/.*\.pyc|\.wh\..*)$|^(etc\/ld\.so\.cache|var\/cache\/.*|var\/log\/.*|etc\/machine-id|var\/lib\/dbus\/machine-id|etc\/(passwd|group|shadow|gshadow|subuid|subgid)-|usr\/share\/mime\/mime\.cache|usr\/lib\/.*\/gconv-modules\.cache|var\/lib\/dpkg\/.*-old)$/
const DATABASES =
  /^(var\/lib\/dpkg\/(status|available|info\/.*|arch|triggers\/.*|status\.d\/.*)|(usr\/)?lib\/apk\/db\/.*|(var\/lib|usr\/lib\/sysimage)\/rpm\/.*|var\/lib\/(dnf|yum)\/.*|var\/lib\/apt\/.*|etc\/apk\/(arch|world)|.*\.dist-info\/(RECORD|WHEEL))$/
const OBJECT = /\.(a|o|rlib|rmeta)$/
/** What another architecture may make of a file; another type, mode or owner it has no reason to. */
const FOLDABLE: ReadonlySet<FileAspect> = new Set(['content', 'link', 'path'])
const LIBRARY_FOLDER = /^(usr\/)?lib(64|32|x32|o32)?$/

function foldOf(
  { from, to, aspects, path }: FileChange,
  { platform: fromPlatform }: FileSide,
  { platform: toPlatform }: FileSide,
  isAcross: boolean,
): FoldReason | undefined {
  if (!isAcross) return undefined
  if (DATABASES.test(path)) return 'package-database'
  if (LIBRARY_FOLDER.test(path)) return 'library-folder'
  if (from === undefined || to === undefined) return GENERATED.test(path) ? 'generated' : undefined
  if (aspects.some((aspect) => !FOLDABLE.has(aspect))) return undefined
  if (aspects.every((aspect) => aspect === 'path')) return 'architecture-name'
  if (from.type === 'symlink')
    return sameLink(from, to, fromPlatform, toPlatform) ? 'architecture-name' : undefined
  if (isRight(from, fromPlatform) && isRight(to, toPlatform)) return 'native-binary'
  if (OBJECT.test(path)) return 'native-binary'
  return GENERATED.test(path) ? 'generated' : undefined
}

function isRight({ program }: TreeEntry, platform: Platform): boolean {
  return program?.kind === 'elf' && elfMatchesPlatform(program, platform).kind === 'matches'
}

function sameLink(from: TreeEntry, to: TreeEntry, a: Platform, b: Platform): boolean {
  const [left, right] = [
    pathKeys([{ ...from, path: from.linkTarget ?? '' }], canonicalPlatform(a).architecture),
    pathKeys([{ ...to, path: to.linkTarget ?? '' }], canonicalPlatform(b).architecture),
  ]
  return [...left.keys()][0] === [...right.keys()][0]
}
