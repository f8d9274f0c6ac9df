import { type Followed, followPath, joinPath } from './follow-path.ts'
import type { ImageEntry, Lookup } from './image-entry.ts'

/** A file that may be executed, with the links that led to it. */
export interface FoundFile {
  /** As it was named: a link still. */
  readonly named: string
  /** Where the links end. */
  readonly path: string
  readonly links: readonly string[]
  readonly file: Extract<ImageEntry, { kind: 'file' }>
}

/** What naming a command led to. */
export type CommandSearch =
  | { readonly kind: 'found'; readonly found: FoundFile }
  | { readonly kind: 'not-found'; readonly command: string; readonly searched: readonly string[] }
  | { readonly kind: 'not-executable'; readonly path: string; readonly reason: 'permission' | 'no-file' }
  | { readonly kind: 'loop'; readonly path: string }

/** Where commands are looked for. */
export interface SearchPlace {
  readonly lookup: Lookup
  /** Absolute. */
  readonly workingDir: string
  /** The directories of PATH, in order. */
  readonly path: readonly string[]
}

/**
 * Finds a command as a container runtime does: with a slash as a path from the working directory, else on PATH, where
 * what cannot be executed is passed over. https://pkg.go.dev/os/exec#LookPath
 */
export async function findCommand(place: SearchPlace, command: string): Promise<CommandSearch> {
  if (command.includes('/')) return findFile(place, command)
  let blocked: CommandSearch | undefined
  for (const directory of place.path) {
    const search = await findFile(place, `${directory || '.'}/${command}`)
    if (search.kind === 'found') return search
    if (search.kind !== 'not-found') blocked ??= search
  }
  return blocked ?? { kind: 'not-found', command, searched: place.path }
}

/** The file at a path, when it can be executed. Never looks at PATH: kernels do not for `#!`. */
export async function findFile(place: SearchPlace, named: string): Promise<CommandSearch> {
  const path = joinPath(place.workingDir, named)
  const followed: Followed = await followPath(place.lookup, path)
  if (followed.kind === 'loop') return { kind: 'loop', path }
  if (followed.kind === 'missing') return { kind: 'not-found', command: named, searched: [followed.path] }
  const { entry } = followed
  if (entry.kind !== 'file') return { kind: 'not-executable', path: followed.path, reason: 'no-file' }
  if ((entry.mode & 0o111) === 0) return { kind: 'not-executable', path: followed.path, reason: 'permission' }
  return { kind: 'found', found: { named: path, path: followed.path, links: followed.links, file: entry } }
}
