import { ChevronRight } from 'lucide-react'
import { lazy, memo, Suspense } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import type { FileChangeDto } from '#lib/api/diff.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { fileHash } from './file-hash.ts'
import { fileWords, sizeWords } from './file-words.ts'
import { foldWords } from './fold-words.ts'
import type { SideNames } from './side-names.ts'

/** Loaded when the first row is opened. */
const FileDetail = lazy(() => import('./file-detail.tsx').then((module) => ({ default: module.FileDetail })))

const CHANGES = {
  added: { sign: '+', word: 'Added', look: 'text-pass' },
  removed: { sign: '−', word: 'Removed', look: 'text-fail' },
  changed: { sign: '~', word: 'Changed', look: 'text-warn' },
} as const satisfies Record<FileChangeDto['change'], { sign: string; word: string; look: string }>

interface FileRowProps {
  readonly file: FileChangeDto
  /** It is on a side whose processor cannot execute it. */
  readonly isForeign: boolean
  /** The address leads here. */
  readonly isTarget: boolean
  readonly sides: DiffSides
  readonly names: SideNames
  readonly isOpen: boolean
  readonly onToggle: (path: string) => void
}

/** A path that is not the same on both sides: what happened to it, in words, and opened, both sides of it. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { file, isForeign, isTarget, sides, names, isOpen, onToggle } = props
  const { path, change, folded } = file
  const { sign, word, look } = CHANGES[change]
  return (
    <div className={cn('border-line border-b', isTarget && 'shadow-[inset_3px_0_0_var(--accent)]')}>
      <div
        className={cn(
          'relative grid grid-cols-[14px_12px_minmax(0,1fr)_auto] gap-x-2 px-3.5 py-[7px] hover:bg-sunken/60',
          isTarget && 'bg-accent-soft',
        )}
      >
        <ChevronRight
          aria-hidden="true"
          className={cn('mt-1 size-3.5 text-muted transition-transform', isOpen && 'rotate-90')}
        />
        <span aria-hidden="true" className={cn('mono text-center leading-[1.6]', look)}>
          {sign}
        </span>
        <div className="min-w-0">
          <a
            href={fileHash(path)}
            aria-expanded={isOpen}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              onToggle(path)
            }}
            className="mono break-all -outline-offset-2 after:absolute after:inset-0"
          >
            {path === '' ? '/' : <ForeignText text={path} maxLength={1_000} />}
          </a>
          <p className="flex flex-wrap gap-x-2 text-muted text-note">
            <span className={look}>{word}</span>
            {fileWords(file).map((words) => (
              <span key={words} className="break-all">
                <ForeignText text={words} maxLength={400} />
              </span>
            ))}
            {isForeign && <span className="font-[550] text-fail">✕ wrong architecture</span>}
            {folded !== undefined && (
              <Chip size="small" title={foldWords(folded).why} className="relative">
                expected
              </Chip>
            )}
          </p>
        </div>
        <span className="whitespace-nowrap text-right text-muted text-note leading-[1.7] tabular-nums">
          {sizeWords(file)}
        </span>
      </div>
      {isOpen && (
        <Suspense fallback={<p className="border-line border-t px-3.5 py-3 text-muted">Opening…</p>}>
          <FileDetail sides={sides} names={names} path={path} file={file} />
        </Suspense>
      )}
    </div>
  )
})
