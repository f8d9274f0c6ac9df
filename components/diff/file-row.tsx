import { memo } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import type { FileChangeDto } from '#lib/api/diff.ts'
import { fileHash, fileWords, sizeWords } from './file-words.ts'
import { foldWords } from './fold-words.ts'

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
}

/** A path that is not the same on both sides: what happened to it, in words. */
export const FileRow = memo(function FileRow({ file, isForeign, isTarget }: FileRowProps) {
  const { path, change, folded } = file
  const { sign, word, look } = CHANGES[change]
  return (
    <div
      className={cn(
        'grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 border-line border-b px-3.5 py-[7px]',
        isTarget && 'bg-accent-soft',
      )}
    >
      <span aria-hidden="true" className={cn('mono text-center leading-[1.6]', look)}>
        {sign}
      </span>
      <div className="min-w-0">
        <a href={fileHash(path)} className="mono break-all hover:text-accent hover:underline">
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
            <Chip size="small" title={foldWords(folded).why}>
              expected
            </Chip>
          )}
        </p>
      </div>
      <span className="whitespace-nowrap text-right text-muted text-note leading-[1.7] tabular-nums">
        {sizeWords(file)}
      </span>
    </div>
  )
})
