import { elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { databaseTypeOf } from '#lib/image/packages/read-database.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-names.ts'
import type { FoldCounter } from './fold-counter.ts'
import type { DiffSide, FileAspect, FileDifference, FileState } from './model.ts'

/** What a package manager keeps beside its database; named by the architecture, or holding what names it. */
const MANAGER_FILES =
  /(^|\/)(var\/lib\/(dpkg|apt|rpm|dnf)|var\/cache\/(apt|dnf|yum)|(usr\/)?lib\/apk\/db|usr\/lib\/sysimage)\//
const GENERATED = /(^|\/)(etc\/ld\.so\.cache|var\/cache\/.*|var\/log\/.*|.*\.pyc|.*\.la|etc\/machine-id)$/
/** Folders that only one architecture has by convention. */
const OWN_FOLDERS = /^(usr\/)?(lib32|libx32|libo32|lib64)$/

/** Paths that belong together. */
export interface FilePair {
  readonly from: TreeEntry | undefined
  readonly to: TreeEntry | undefined
}

/** Pairs the files of two sides by path; by path without the architecture's names where that is folded. */
export function pairFiles(from: DiffSide, to: DiffSide, folds: FoldCounter): readonly FilePair[] {
  const isFolded = folds.has('architecture-names')
  const [fromKey, toKey] = [from, to].map(({ platform }) =>
    isFolded ? withoutArchitecture(platform) : (path: string) => path,
  ) as [(path: string) => string, (path: string) => string]
  const there = new Map<string, TreeEntry>()
  for (const entry of to.tree.entries.values()) {
    const key = toKey(entry.path)
    // Two paths of one side may come to the same; the one that is named so by itself keeps the place.
    if (!there.has(key) || key === entry.path) there.set(key, entry)
  }
  const taken = new Set<TreeEntry>()
  const pairs: FilePair[] = []
  for (const entry of from.tree.entries.values()) {
    const partner = to.tree.entries.get(entry.path) ?? there.get(fromKey(entry.path))
    const isFree = partner !== undefined && !taken.has(partner)
    if (isFree) taken.add(partner)
    pairs.push({ from: entry, to: isFree ? partner : undefined })
  }
  for (const entry of to.tree.entries.values())
    if (!taken.has(entry)) pairs.push({ from: undefined, to: entry })
  return pairs
}

/** What differs of the pairs, in path order, and how many are the same. What is folded is counted there. */
export function diffFiles(
  pairs: readonly FilePair[],
  platforms: { readonly from: Platform; readonly to: Platform },
  folds: FoldCounter,
): { readonly files: readonly FileDifference[]; readonly same: number } {
  const files: FileDifference[] = []
  let same = 0
  const names = { from: withoutArchitecture(platforms.from), to: withoutArchitecture(platforms.to) }
  for (const { from, to } of pairs) {
    if (!from || !to) {
      const only = from ?? to
      if (only && !isFoldedAlone(only, folds)) files.push(oneSided(from, to, only))
      continue
    }
    const aspects = aspectsOf(from, to, platforms, names, folds)
    if (aspects.length > 0) {
      files.push({ path: from.path, change: 'changed', aspects, from: stateOf(from), to: stateOf(to) })
    } else {
      same++
      if (from.path !== to.path) folds.count('architecture-names')
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), same }
}

function oneSided(from: TreeEntry | undefined, to: TreeEntry | undefined, only: TreeEntry): FileDifference {
  return {
    path: only.path,
    change: from ? 'removed' : 'added',
    aspects: [],
    ...(from ? { from: stateOf(from) } : {}),
    ...(to ? { to: stateOf(to) } : {}),
  }
}

function isFoldedAlone({ path }: TreeEntry, folds: FoldCounter): boolean {
  if (MANAGER_FILES.test(path)) return folds.fold('package-databases')
  if (GENERATED.test(path)) return folds.fold('generated-files')
  return OWN_FOLDERS.test(path) && folds.fold('architecture-names')
}

function aspectsOf(
  from: TreeEntry,
  to: TreeEntry,
  platforms: { readonly from: Platform; readonly to: Platform },
  names: { readonly from: (text: string) => string; readonly to: (text: string) => string },
  folds: FoldCounter,
): FileAspect[] {
  const aspects: FileAspect[] = []
  if (from.type !== to.type) return ['type']
  if (from.mode !== to.mode) aspects.push('mode')
  if (from.uid !== to.uid || from.gid !== to.gid) aspects.push('owner')
  if (from.linkTarget !== to.linkTarget) {
    const isArchitecture = names.from(from.linkTarget ?? '') === names.to(to.linkTarget ?? '')
    if (!isArchitecture || !folds.fold('architecture-names')) aspects.push('link')
  }
  if (from.type === 'file' && (from.sha256 !== to.sha256 || from.sizeBytes !== to.sizeBytes)) {
    if (!isContentFolded(from, to, platforms, folds)) aspects.push('content')
  }
  if (JSON.stringify(from.xattrs ?? {}) !== JSON.stringify(to.xattrs ?? {})) aspects.push('xattrs')
  return aspects
}

function isContentFolded(
  from: TreeEntry,
  to: TreeEntry,
  platforms: { readonly from: Platform; readonly to: Platform },
  folds: FoldCounter,
): boolean {
  const isOwn = (entry: TreeEntry, platform: Platform) =>
    entry.program?.kind === 'elf' && elfMatchesPlatform(entry.program, platform).kind === 'matches'
  if (isOwn(from, platforms.from) && isOwn(to, platforms.to)) return folds.fold('own-binaries')
  if (MANAGER_FILES.test(from.path) || databaseTypeOf(from.path) !== undefined)
    return folds.fold('package-databases')
  return GENERATED.test(from.path) && folds.fold('generated-files')
}

function stateOf(entry: TreeEntry): FileState {
  const { path, type, sizeBytes, mode, uid, gid, layer, linkTarget, sha256 } = entry
  return {
    ...{ path, type, sizeBytes, mode, uid, gid, layer },
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}
