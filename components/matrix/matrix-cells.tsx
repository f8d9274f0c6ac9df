import Link from 'next/link'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { LongText } from '#components/image/long-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount } from '#components/ui/plural.ts'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { MatrixPlatformDto } from '#lib/api/matrix.ts'
import { contentsPath } from '#lib/client/page-paths.ts'
import { type MatrixCell, type MatrixLine, markWord } from './matrix-rows.ts'

/** Of a value in a row that is not opened. */
const SHOWN_LENGTH = 160

const TONES: Partial<Record<MatrixCell['mark'], Tone>> = {
  other: 'warn',
  only: 'info',
  missing: 'fail',
  unseen: 'skip',
}

const BACKGROUNDS: Partial<Record<MatrixCell['mark'], string>> = {
  other: 'bg-warn-soft',
  only: 'bg-accent-soft',
  missing: 'bg-fail-soft',
  unseen: 'bg-sunken',
}

/** The background of a cell: that of an odd one stands out. */
export function cellBackground({ mark }: MatrixCell): string | undefined {
  return BACKGROUNDS[mark]
}

interface CellProps {
  readonly cell: MatrixCell
  readonly line: MatrixLine
  /** Shows all of a long value. */
  readonly isOpen: boolean
}

/** What a platform has: quiet where it is as others have it, with a mark and a word where it is odd. */
export function CellContent({ cell, line, isOpen }: CellProps) {
  const { value, mark } = cell
  const [word, tone] = [markWord(cell, line), TONES[mark]]
  return (
    <>
      {word !== undefined && tone !== undefined && (
        <Mark tone={tone} className="text-note">
          {word}
        </Mark>
      )}
      {value !== null && <Value value={value} isQuiet={word === undefined} isOpen={isOpen} />}
      {mark === 'expected' && <span className="block text-micro text-muted">as expected here</span>}
      {mark === 'absent' && (
        <span className="text-muted">
          <span aria-hidden="true">–</span>
          <span className="sr-only">not there</span>
        </span>
      )}
    </>
  )
}

function Value({ value, isQuiet, isOpen }: { value: string; isQuiet: boolean; isOpen: boolean }) {
  if (value === '') return <span className="block text-muted">empty</span>
  return (
    <span
      className={cn(
        'mono min-w-0 break-words',
        isQuiet && 'text-muted',
        isOpen ? 'block whitespace-pre-wrap' : 'line-clamp-2',
      )}
    >
      {isOpen ? <LongText text={value} /> : <ForeignText text={shortened(value)} softBreaks />}
    </span>
  )
}

function shortened(value: string): string {
  return value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value
}

/** What the programs of a platform are built for, and how many are for another one. */
export function BinariesCell({ reference, platform }: { reference: string; platform: MatrixPlatformDto }) {
  const { binaries } = platform
  if (!binaries) {
    return (
      <Mark tone="skip" className="text-note">
        not looked at
      </Mark>
    )
  }
  const total = binaries.counts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return <span className="text-muted">none</span>
  const kinds = binaries.counts.slice(0, 2).map(({ kind }) => kind.split(',')[0])
  return (
    <>
      {binaries.foreign > 0 && (
        <Mark tone="fail" className="text-note">
          {formatCount(binaries.foreign)} wrong
        </Mark>
      )}
      <Link
        href={contentsPath(reference, platform.platform, 'binaries')}
        prefetch={false}
        className="block text-accent hover:underline"
      >
        <span className="tabular-nums">{formatCount(total)}</span> · {kinds.join(', ')}
      </Link>
    </>
  )
}
