import { formatBytes } from '#components/ui/bytes.ts'
import type { FileChangeDto, FileSideDto } from '#lib/api/diff.ts'

/** What differs of a path, as words: `mode 0644 → 0755`. What only one side has is told by what it is. */
export function fileWords({ change, aspects, from, to }: FileChangeDto): string[] {
  const one = to ?? from
  if (change !== 'changed' || from === undefined || to === undefined) return one ? sideWords(one) : []
  const programs =
    from.program !== to.program && aspects.includes('content')
      ? [`${from.program ?? 'no program'} → ${to.program ?? 'no program'}`]
      : []
  return [...aspects.map((aspect) => aspectWords(aspect, from, to)), ...programs]
}

function sideWords({ type, linkTarget, hardLinkTo, program }: FileSideDto): string[] {
  return [
    type === 'symlink' ? `link to ${linkTarget ?? '?'}` : type.replace('-', ' '),
    ...(hardLinkTo === undefined ? [] : [`another name of ${hardLinkTo}`]),
    ...(program === undefined ? [] : [program]),
  ]
}

function aspectWords(aspect: FileChangeDto['aspects'][number], from: FileSideDto, to: FileSideDto): string {
  switch (aspect) {
    case 'type':
      return `${from.type.replace('-', ' ')} → ${to.type.replace('-', ' ')}`
    case 'mode':
      return `mode ${from.mode} → ${to.mode}`
    case 'owner':
      return `owner ${from.uid}:${from.gid} → ${to.uid}:${to.gid}`
    case 'link':
      return `link ${from.linkTarget ?? 'none'} → ${to.linkTarget ?? 'none'}`
    case 'path':
      return `${from.path} on the other side`
    case 'unhashed':
      return 'content not compared'
    case 'content':
      return 'content'
  }
}

/** Sizes of a path: one where they agree or one side has it, two where they do not. */
export function sizeWords({ from, to }: FileChangeDto): string {
  const sizes = [from, to].flatMap((side) => (side?.type === 'file' ? [formatBytes(side.sizeBytes)] : []))
  return [...new Set(sizes)].join(' → ')
}

/** Whether a path has the same content on both sides, as far as the list of files can tell. */
export function isSameContent({ change, aspects }: FileChangeDto): boolean {
  return (
    change === 'changed' &&
    !aspects.some((aspect) => ['content', 'type', 'unhashed', 'link'].includes(aspect))
  )
}

/** Larger files are not compared line by line: as the API says. */
const TEXT_MAX_BYTES = 256 << 10
const LINE_PX = 20
/** What a line of a text has at most times. */
const LINE_BYTES = 24
const HEIGHTS_PX = { least: 84, most: 380 } as const

/**
 * How high the place for a line by line comparison is: guessed from the sizes, so that it is known before the texts are.
 * Undefined where there will be none.
 */
export function textHeightPx(from: FileSideDto | undefined, to: FileSideDto | undefined): number | undefined {
  const sides = [from, to].filter((side) => side !== undefined)
  const isText = ({ type, program, sizeBytes }: FileSideDto) =>
    type === 'file' && program === undefined && sizeBytes <= TEXT_MAX_BYTES
  if (sides.length === 0 || !sides.every(isText)) return undefined
  const lines = sides.reduce((sum, { sizeBytes }) => sum + Math.ceil(sizeBytes / LINE_BYTES), 2)
  return Math.min(HEIGHTS_PX.most, Math.max(HEIGHTS_PX.least, lines * LINE_PX))
}

/** What narrows a list of files. */
export interface FileFilter {
  /** Part of a path; empty is all. */
  readonly q: string
  /** Kinds of changes; none is all. */
  readonly changes: readonly string[]
}

/** The files that a filter leaves. */
export function filterFiles(files: readonly FileChangeDto[], { q, changes }: FileFilter): FileChangeDto[] {
  const wanted = q.trim().toLowerCase().replace(/^\//, '')
  return files.filter(
    ({ path, change, from }) =>
      (changes.length === 0 || changes.includes(change)) &&
      (wanted === '' ||
        path.toLowerCase().includes(wanted) ||
        (from?.path.toLowerCase().includes(wanted) ?? false)),
  )
}

/** How many files there are of each kind of change. */
export function countChanges(files: readonly FileChangeDto[]): Record<FileChangeDto['change'], number> {
  const counts = { added: 0, removed: 0, changed: 0 }
  for (const { change } of files) counts[change]++
  return counts
}
