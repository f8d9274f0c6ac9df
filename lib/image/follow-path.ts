import type { ImageEntry, Lookup } from './image-entry.ts'

/** Where a path leads, and the links passed on the way, in order; those of directories are left out. */
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
  const budget = { links: LINK_LIMIT }
  let next = path
  while (budget.links-- > 0) {
    const place = await withoutParentSteps(lookup, next, budget)
    if (typeof place !== 'string') return { ...place, path: place.kind === 'loop' ? path : place.path, links }
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

/** The path without “..”, or what is wrong with it. Takes the links of directories out of the budget. */
async function withoutParentSteps(
  lookup: Lookup,
  path: string,
  budget: { links: number },
): Promise<{ readonly kind: 'missing' | 'loop'; readonly path: string } | string> {
  const todo = partsOf(path)
  const real: string[] = []
  // Only what a “..” follows must be known exactly.
  while (todo.includes('..')) {
    const part = todo.shift() ?? ''
    if (part === '..') {
      real.pop()
      continue
    }
    const here = absolute([...real, part])
    const entry = await lookup(here)
    if (entry === undefined) return { kind: 'missing', path: here }
    if (entry.kind !== 'symlink') {
      real.push(part)
      continue
    }
    if (budget.links-- <= 0) return { kind: 'loop', path }
    if (entry.target.startsWith('/')) real.length = 0
    todo.unshift(...partsOf(entry.target))
  }
  return absolute([...real, ...todo])
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function absolute(parts: readonly string[]): string {
  return `/${parts.join('/')}`
}
