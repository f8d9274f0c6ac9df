'use client'

import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import type { OutputPartDto } from '#lib/api/runs.ts'
import { type TerminalLine, terminalText } from './terminal-text.ts'
import { useKeptOutput } from './use-kept-output.ts'

/** Lines that are shown before anybody asks for more. */
const LAST_LINES = 8
/** More at once would make a page slow; each asking shows so many more. */
const LINES_AT_ONCE = 4_000
const MAX_LINE_LENGTH = 4_000
/** Nearer to its end than this, in px, somebody follows what is written. */
const NEAR_END = 24

interface OutputBlockProps {
  /** Whose output it is: `linux/ppc64le`. */
  readonly of: string
  readonly parts: readonly OutputPartDto[]
  /** The run, while the program still writes: `parts` are then the end of it, and the rest is asked for on demand. */
  readonly liveRunId?: string | undefined
  /** How much was written, where not all of it was kept. */
  readonly lostOf?: number | undefined
  /** Everything from the start, for a report. */
  readonly isOpen?: boolean
}

/** What a program wrote: its last lines, all of them on demand, with everything made harmless. */
export function OutputBlock({ of, parts, liveRunId, lostOf, isOpen = false }: OutputBlockProps) {
  const [most, setMost] = useState(isOpen ? LINES_AT_ONCE : LAST_LINES)
  const isWhole = most > LAST_LINES
  const isLive = liveRunId !== undefined
  const kept = useKeptOutput({ runId: liveRunId, platform: of, tail: parts, isOpen: isWhole })
  const { lines, isStripped } = useMemo(() => terminalText(kept?.parts ?? parts), [kept?.parts, parts])
  const block = useRef<HTMLElement>(null)
  const isFollowed = useRef(true)
  const shown = lines.slice(-most)
  const hidden = lines.length - shown.length

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line moves the end
  useEffect(() => {
    const element = block.current
    if (isLive && isWhole && isFollowed.current && element) element.scrollTop = element.scrollHeight
  }, [isLive, isWhole, lines])

  if (lines.length === 0 && lostOf === undefined) return null
  const notes = [
    isLive && isWhole && !kept ? 'reading what came before' : undefined,
    lostOf === undefined ? undefined : `cut: it wrote ${formatBytes(lostOf)}`,
    kept?.isFull ? `cut: only the first ${formatBytes(kept.limitBytes)} is kept` : undefined,
    isStripped ? 'colours and cursor movements left out' : undefined,
  ].filter((note) => note !== undefined)
  return (
    <div className="min-w-0 rounded-control bg-sunken">
      <div className="flex flex-wrap gap-x-4 px-3.5 text-note print:hidden">
        {lines.length > LAST_LINES && !isOpen && (
          <button
            type="button"
            aria-expanded={isWhole}
            onClick={() => {
              isFollowed.current = true
              setMost(isWhole ? LAST_LINES : LINES_AT_ONCE)
            }}
            className="pt-2 text-left text-muted hover:text-ink"
          >
            {isWhole
              ? `Show the last ${LAST_LINES} lines`
              : isLive
                ? 'Show everything so far'
                : `Show all ${plural(lines.length, 'line')}`}
          </button>
        )}
        {hidden > 0 && isWhole && (
          <button
            type="button"
            onClick={() => {
              isFollowed.current = false
              setMost(most + LINES_AT_ONCE)
            }}
            className="pt-2 text-left text-muted hover:text-ink"
          >
            Show {plural(Math.min(hidden, LINES_AT_ONCE), 'earlier line')}
            {hidden > LINES_AT_ONCE && ` of ${hidden.toLocaleString('en')}`}
          </button>
        )}
      </div>
      <section
        ref={block}
        // It scrolls, so it has to be reached by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
        tabIndex={0}
        aria-label={`Output of ${of}`}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isFollowed.current = scrollHeight - scrollTop - clientHeight < NEAR_END
        }}
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

const Line = memo(function Line({ line: { segments } }: { line: TerminalLine }) {
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
}, isSameLine)

/** While a program writes, all lines but the last stay as they are. */
function isSameLine(
  { line: before }: { line: TerminalLine },
  { line: now }: { line: TerminalLine },
): boolean {
  return (
    before.segments.length === now.segments.length &&
    before.segments.every(
      ({ stream, text }, at) => stream === now.segments[at]?.stream && text === now.segments[at]?.text,
    )
  )
}
