import type { ImageEntry, Lookup } from './image-entry.ts'

/** Where a path leads, and the links passed on the way, in order. */
export type Followed = { readonly links: readonly string[] } & (
  | {
      readonly kind: 'entry'
      readonly path: string
      readonly entry: Exclude<ImageEntry, { kind: 'symlink' }>
    }
  /** `path` is the first thing that is not there: the link's target, not the link. */
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'loop'; readonly path: string }
)

/** Linux gives up after this many links (MAXSYMLINKS). */
const LINK_LIMIT = 40

/**
 * Follows links from an absolute path as Linux does, within the image. Parent directories are left to the lookup,
 * except before `..`: that is the parent of where a link leads, not of the link.
 */
export async function followPath(lookup: Lookup, path: string): Promise<Followed> {
  const links: string[] = []
  let next = path
  while (links.length <= LINK_LIMIT) {
    const place = await withoutParentSteps(lookup, next, links)
    if (typeof place !== 'string') return place
    const entry = await lookup(place)
    if (entry === undefined) return { kind: 'missing', path: place, links }
    if (entry.kind !== 'symlink') return { kind: 'entry', path: place, entry, links }
    links.push(place)
    next = joinPath(parentOf(place), entry.target)
  }
  return { kind: 'loop', path, links }
}

/** `path` seen from `directory`; an absolute one stays. Dots stay too. */
export function joinPath(directory: string, path: string): string {
  return path.startsWith('/') ? path : `${directory.replace(/\/+$/, '')}/${path}`
}

/** The last component of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

async function withoutParentSteps(lookup: Lookup, path: string, links: string[]): Promise<Followed | string> {
  const todo = partsOf(path)
  if (!todo.includes('..')) return absolute(todo)
  const real: string[] = []
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === '..') {
      real.pop()
      continue
    }
    const here = absolute([...real, part])
    // Only what a “..” follows later must be known exactly.
    if (!todo.includes('..')) return absolute([...real, part, ...todo])
    const entry = await lookup(here)
    if (entry === undefined) return { kind: 'missing', path: here, links }
    if (entry.kind !== 'symlink') {
      real.push(part)
      continue
    }
    links.push(here)
    if (links.length > LINK_LIMIT) return { kind: 'loop', path, links }
    if (entry.target.startsWith('/')) real.length = 0
    todo.unshift(...partsOf(entry.target))
  }
  return absolute(real)
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function absolute(parts: readonly string[]): string {
  return `/${parts.join('/')}`
}
