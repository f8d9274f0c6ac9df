import type { ImageEntry, Lookup } from '#lib/image/image-entry.ts'
import { buildElf, type ElfShape } from './build-elf.ts'

/** A file that may be executed. */
export function file(head: Uint8Array | string, mode = 0o755): ImageEntry {
  const bytes = typeof head === 'string' ? Buffer.from(head) : head
  return { kind: 'file', mode, sizeBytes: bytes.byteLength, head: bytes }
}

/** A binary of this shape. */
export function program(shape: ElfShape = {}): ImageEntry {
  return file(buildElf(shape))
}

/** A symbolic link. */
export function link(target: string): ImageEntry {
  return { kind: 'symlink', target }
}

/**
 * An image of these entries by absolute path; directories above them are there by themselves. Looks up as engines do:
 * links among parents are followed, the last one is not. `asked` has every path in order.
 */
export function memoryImage(
  entries: Readonly<Record<string, ImageEntry>>,
): Lookup & { readonly asked: string[] } {
  const asked: string[] = []
  const directories = new Set(
    Object.keys(entries).flatMap((path) =>
      path.split('/').map((_, end, parts) => parts.slice(0, end).join('/')),
    ),
  )
  const at = (path: string): ImageEntry | undefined =>
    entries[path] ?? (path === '' || directories.has(path) ? { kind: 'directory' } : undefined)
  const real = (path: string, links = 0): string => {
    let here = ''
    for (const part of path.split('/').filter(Boolean)) {
      if (part === '..') here = here.slice(0, here.lastIndexOf('/'))
      else here = `${here}/${part}`
      const entry = at(here)
      if (entry?.kind !== 'symlink') continue
      if (links > 40) return '/loop'
      const parent = here.slice(0, here.lastIndexOf('/'))
      here = real(entry.target.startsWith('/') ? entry.target : `${parent}/${entry.target}`, links + 1)
    }
    return here
  }
  const lookup = async (path: string) => {
    asked.push(path)
    const slash = path.lastIndexOf('/')
    return at(`${real(path.slice(0, slash))}${path.slice(slash)}`.replace(/^\/$/, ''))
  }
  return Object.assign(lookup, { asked })
}
