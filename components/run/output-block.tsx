'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import type { OutputPartDto } from '#lib/api/runs.ts'
import { type TerminalLine, terminalText } from './terminal-text.ts'

/** Lines that are shown before anybody asks for more. */
const LAST_LINES = 8
/** More would make a page slow; the report's JSON has them all. */
const MAX_LINES = 4_000
const MAX_LINE_LENGTH = 4_000

interface OutputBlockProps {
  /** Whose output it is: `linux/ppc64le`. */
  readonly of: string
  readonly parts: readonly OutputPartDto[]
  /** The program still writes: the end stays in sight. */
  readonly isLive?: boolean
  /** How much was written, where not all of it was kept. */
  readonly lostOf?: number | undefined
  /** Everything from the start, for a report. */
  readonly isOpen?: boolean
}

/** What a program wrote: its last lines, all of them on demand, with everything made harmless. */
export function OutputBlock({ of, parts, isLive = false, lostOf, isOpen = false }: OutputBlockProps) {
  const [isWhole, setWhole] = useState(isOpen)
  const { lines, isStripped } = useMemo(() => terminalText(parts), [parts])
  const block = useRef<HTMLElement>(null)
  const shown = lines.slice(-(isWhole ? MAX_LINES : LAST_LINES))
  const hidden = lines.length - shown.length

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line moves the end
  useEffect(() => {
    const element = block.current
    if (isLive && isWhole && element) element.scrollTop = element.scrollHeight
  }, [isLive, isWhole, lines])

  if (lines.length === 0 && lostOf === undefined) return null
  const notes = [
    hidden > 0 && isWhole ? `${plural(hidden, 'earlier line')} only in the report’s JSON` : undefined,
    lostOf === undefined ? undefined : `cut: it wrote ${formatBytes(lostOf)}`,
    isStripped ? 'colours and cursor movements left out' : undefined,
  ].filter((note) => note !== undefined)
  return (
    <div className="min-w-0 rounded-control bg-sunken">
      {lines.length > LAST_LINES && !isOpen && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          className="block w-full rounded-t-control px-3.5 pt-2 text-left text-muted text-note hover:text-ink print:hidden"
        >
          {isWhole
            ? `Show the last ${LAST_LINES} lines`
            : `Show ${isLive ? 'the last' : 'all'} ${plural(lines.length, 'line')}`}
        </button>
      )}
      <section
        ref={block}
        // It scrolls, so it has to be reached by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
        tabIndex={0}
        aria-label={`Output of ${of}`}
        className="max-h-[26rem] overflow-auto rounded-control px-3.5 py-2.5 font-mono text-note leading-[1.55] print:max-h-none"
      >
        {shown.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <Line key={hidden + at} line={line} />
        ))}
      </section>
      {notes.length > 0 && <p className="px-3.5 pb-2 text-muted text-note">{notes.join(' · ')}</p>}
    </div>
  )
}

function Line({ line: { segments } }: { line: TerminalLine }) {
  const hasErrors = segments.some(({ stream }) => stream === 'stderr')
  return (
    <span
      className={cn('block min-h-[1.55em] whitespace-pre-wrap break-words', hasErrors && 'pr-14 relative')}
    >
      {segments.map(({ text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments have no identity but their place
        <ForeignText key={at} text={text} maxLength={MAX_LINE_LENGTH} />
      ))}
      {hasErrors && (
        <span className="absolute top-px right-0 select-none font-sans text-micro text-muted">stderr</span>
      )}
    </span>
  )
}
