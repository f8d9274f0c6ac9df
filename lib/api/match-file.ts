/** Kinds of files that can be asked for. */
export const FILE_TYPES = ['files', 'links', 'executable', 'setuid'] as const
export type FileType = (typeof FILE_TYPES)[number]

/** What a list of files is narrowed to; nothing set shows everything. */
export interface FileFilter {
  readonly q: string
  readonly type: FileType | undefined
  readonly layer: number | undefined
}

/** What the filter looks at. */
interface Matched {
  readonly path: string
  readonly type: string
  /** Permission bits, or their octal text. */
  readonly mode: number | string
  readonly hardLinkTo?: string | undefined
  readonly layer: number
}

const SETUID_OR_SETGID = 0o6000
const EXECUTABLE = 0o111

/** Whether anything narrows the list. */
export function isNarrowed({ q, type, layer }: FileFilter): boolean {
  return q !== '' || type !== undefined || layer !== undefined
}

/** Whether an entry is asked for; a text is looked for anywhere in the path, whatever its case. */
export function matchesFile(entry: Matched, { q, type, layer }: FileFilter): boolean {
  if (layer !== undefined && entry.layer !== layer) return false
  if (q !== '' && !entry.path.toLowerCase().includes(q.toLowerCase().replace(/^\//, ''))) return false
  return type === undefined || isOfType(entry, type)
}

function isOfType(entry: Matched, type: FileType): boolean {
  switch (type) {
    case 'files':
      return entry.type === 'file'
    case 'links':
      return entry.type === 'symlink' || entry.hardLinkTo !== undefined
    case 'executable':
      return entry.type === 'file' && (modeOf(entry) & EXECUTABLE) !== 0
    case 'setuid':
      return entry.type === 'file' && (modeOf(entry) & SETUID_OR_SETGID) !== 0
  }
}

function modeOf({ mode }: Matched): number {
  return typeof mode === 'string' ? Number.parseInt(mode, 8) : mode
}
