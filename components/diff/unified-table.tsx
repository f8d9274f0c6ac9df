import { type RefObject, useEffect, useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { useViewOf } from '#components/ui/use-view-of.ts'
import type { TextLine } from './file-hash.ts'
import type { SideNames } from './side-names.ts'
import { type UnifiedRow, type UnifiedText, unifiedRows } from './unified-rows.ts'

const SHOWN_AT_FIRST = 1_000
const LINE_MAX_LENGTH = 2_000
const LOOKS = {
  same: { sign: ' ', word: '', look: '' },
  removed: { sign: '-', word: 'removed', look: 'bg-fail-soft' },
  added: { sign: '+', word: 'added', look: 'bg-pass-soft' },
} as const
const NUMBER = 'select-none px-2 text-right align-top text-muted tabular-nums max-sm:px-1'

interface UnifiedTableProps {
  readonly text: UnifiedText
  readonly names: SideNames
  /** Shows the equal lines that are folded away. */
  readonly onUnfold: () => void
  /** The line that is marked; whoever asked for it by address has it brought into view. */
  readonly line: TextLine | undefined
  readonly isAsked: boolean
  /** Fragment that leads to a line. */
  readonly hashOf: (line: TextLine) => string
  readonly onLine: (line: TextLine) => void
}

/** A unified diff with the line numbers of both sides, which are links. Foreign text is drawn, never obeyed. */
export function UnifiedTable({ text, names, line, isAsked, ...links }: UnifiedTableProps) {
  const { onUnfold } = links
  const [isWhole, setIsWhole] = useState(false)
  const rows = unifiedRows(text)
  const at = line === undefined ? -1 : rows.findIndex((row) => isLine(row, line))
  const shown = isWhole || at >= SHOWN_AT_FIRST ? rows : rows.slice(0, SHOWN_AT_FIRST)
  const place = useViewOf<HTMLTableRowElement>(line && links.hashOf(line), at >= 0 && isAsked)
  const isFoldedAway = line !== undefined && at < 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each line that is asked for
  useEffect(() => {
    if (isFoldedAway) onUnfold()
  }, [isFoldedAway])
  return (
    <>
      <table className="mono w-full border-collapse leading-[1.55] [font-variant-ligatures:none]">
        <caption className="sr-only">
          Lines of {names.from} and {names.to}
        </caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Line in {names.from}</th>
            <th scope="col">Line in {names.to}</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              key={index}
              row={row}
              place={index === at ? place : undefined}
              {...links}
            />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className="px-2.5 py-2">
          <Button size="small" onClick={() => setIsWhole(true)}>
            Show {plural(rows.length - shown.length, 'more line')}
          </Button>
        </p>
      )}
      {text.omittedLines > 0 && (
        <p className="px-2.5 py-2 text-muted text-note">
          {plural(text.omittedLines, 'more line')} of the difference are left out.
        </p>
      )}
    </>
  )
}

function isLine(row: UnifiedRow, { side, number }: TextLine): boolean {
  return 'text' in row && row[side] === number
}

interface RowProps extends Pick<UnifiedTableProps, 'onUnfold' | 'hashOf' | 'onLine'> {
  readonly row: UnifiedRow
  /** Of the line that the address leads to. */
  readonly place: RefObject<HTMLTableRowElement | null> | undefined
}

function Row({ row, place, onUnfold, ...links }: RowProps) {
  switch (row.kind) {
    case 'gap':
      return (
        <tr className="bg-sunken">
          <td colSpan={4} className="p-0">
            <button
              type="button"
              onClick={onUnfold}
              className="block w-full px-2.5 py-0.5 text-left font-sans text-muted text-note -outline-offset-2 hover:text-ink"
            >
              {plural(row.count, 'equal line')} folded away
            </button>
          </td>
        </tr>
      )
    case 'no-line-feed':
      return (
        <tr>
          <td colSpan={3} />
          <td className="font-sans text-muted text-note">no line feed at the end</td>
        </tr>
      )
    default: {
      const { sign, word, look } = LOOKS[row.kind]
      return (
        <tr
          ref={place}
          aria-current={place && 'location'}
          className={place ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : look}
        >
          <td className={cn(NUMBER, 'w-[1%]')}>
            <LineNumber side="from" number={row.from} {...links} />
          </td>
          <td className={cn(NUMBER, 'w-[1%]')}>
            <LineNumber side="to" number={row.to} {...links} />
          </td>
          <td className="w-[1%] select-none whitespace-pre px-1 align-top">
            <span aria-hidden="true">{sign}</span>
            <span className="sr-only">{word}</span>
          </td>
          <td className="whitespace-pre-wrap break-all pr-2.5">
            <ForeignText text={row.text} maxLength={LINE_MAX_LENGTH} />
          </td>
        </tr>
      )
    }
  }
}

interface LineNumberProps extends Pick<UnifiedTableProps, 'hashOf' | 'onLine'> {
  readonly side: TextLine['side']
  readonly number: number | undefined
}

/** Out of the order of tabs: a thousand stops would be none. */
function LineNumber({ side, number, hashOf, onLine }: LineNumberProps) {
  if (number === undefined) return null
  return (
    <a
      href={hashOf({ side, number })}
      tabIndex={-1}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onLine({ side, number })
      }}
      className="hover:text-accent hover:underline"
    >
      {number}
    </a>
  )
}
