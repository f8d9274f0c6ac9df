import type { Program } from './identify-program.ts'

/** One entry of an image's file system. */
export type ImageEntry =
  | {
      readonly kind: 'file'
      /** Permission bits: `0o755`. */
      readonly mode: number
      readonly sizeBytes: number
      /** Its first bytes: at least those a kernel looks at, all of a small file. */
      readonly head: Uint8Array
      /** What it is, where that was found out already and its first bytes were not kept. */
      readonly program?: Program
    }
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string }
  /** A device, a socket, a pipe. */
  | { readonly kind: 'other' }

/**
 * Looks at one absolute path of an image. Links among its parent directories are followed, the last component is not
 * (it may be, where an engine does so). Undefined when nothing is there. Throws what its adapter throws.
 */
export type Lookup = (path: string) => Promise<ImageEntry | undefined>

/** The same lookup, asked once for each path. */
export function rememberLookups(lookup: Lookup): Lookup {
  const seen = new Map<string, Promise<ImageEntry | undefined>>()
  return (path) => {
    const known = seen.get(path) ?? lookup(path)
    seen.set(path, known)
    return known
  }
}
