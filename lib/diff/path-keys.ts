import { withoutArchitecture } from './architecture-words.ts'

/** The loader lies in another folder on nearly every architecture. */
const LOADER_FOLDER = /^\/?(?:usr\/)?lib(?:64|32)?\/(?=\{loader\}$)/

/** A path with its architecture's names taken out. */
export function pathKey(path: string, architecture: string): string {
  return withoutArchitecture(path, architecture).replace(LOADER_FOLDER, '')
}

/**
 * Entries by `pathKey`. Where two would get the same key, as in a cross toolchain that has folders for several
 * architectures, the later one keeps its own path.
 */
export function pathKeys<T extends { readonly path: string }>(
  entries: readonly T[],
  architecture: string,
): ReadonlyMap<string, T> {
  const keyed = new Map<string, T>()
  for (const entry of entries) {
    const key = pathKey(entry.path, architecture)
    keyed.set(keyed.has(key) ? entry.path : key, entry)
  }
  return keyed
}
