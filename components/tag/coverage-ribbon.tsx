'use client'

import Link from 'next/link'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { plural } from '#components/ui/plural.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import type { CoverageCell, CoverageModel } from './coverage-model.ts'

const CELLS: Readonly<Record<CoverageCell, string>> = {
  present: 'bg-pass',
  hole: 'hole bg-fail-soft',
  absent: 'border border-line-strong border-dotted',
  pending: 'skeleton',
  failed: 'bg-skip-soft border border-skip',
}

/** The oldest release is this pale; the newest is at full strength. */
const OLDEST_OPACITY = 0.4

interface CoverageRibbonProps {
  readonly repository: string
  readonly model: CoverageModel
}

/**
 * Platforms over releases, oldest to newest, so that a hole catches the eye. A release is one link; arrow keys move
 * between them, Tab goes past. On a narrow screen it scrolls, with the newest in view.
 */
export function CoverageRibbon({ repository, model }: CoverageRibbonProps) {
  const { platforms, columns, omitted } = model
  const scroller = useRef<HTMLDivElement>(null)
  const [pointed, setPointed] = useState<number>()
  const last = columns.length - 1
  const [tabStop, setTabStop] = useState<number>()
  const stop = Math.min(tabStop ?? last, last)

  useLayoutEffect(() => {
    if (columns.length > 0) scroller.current?.scrollTo({ left: scroller.current.scrollWidth })
  }, [columns.length])

  const move = (event: KeyboardEvent) => {
    const target = nextColumn(event.key, stop, last)
    if (target === undefined) return
    event.preventDefault()
    setTabStop(target)
    scroller.current?.querySelectorAll<HTMLElement>('a')[target]?.focus()
  }

  return (
    <div className="card px-[18px] py-3.5">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5">
        <div aria-hidden="true" className="flex flex-col gap-[5px] py-1 text-muted">
          {platforms.map((platform) => (
            <span key={platform} className="flex h-[14px] items-center leading-none">
              <PlatformName platform={platform} short />
            </span>
          ))}
        </div>
        <div ref={scroller} className="overflow-x-auto overscroll-x-contain [scrollbar-width:thin]">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
          <div
            role="group"
            aria-label="Platforms of each release, oldest to newest"
            onKeyDown={move}
            onPointerLeave={() => setPointed(undefined)}
            className="flex max-w-[calc(var(--columns)*34px)] px-0.5"
            style={{ '--columns': columns.length } as React.CSSProperties}
          >
            {columns.map((column, at) => (
              <Link
                key={column.tag}
                href={tagPath(repository, column.tag)}
                prefetch={false}
                aria-label={column.label}
                title={column.label}
                tabIndex={at === stop ? 0 : -1}
                onFocus={() => {
                  setPointed(at)
                  setTabStop(at)
                }}
                onBlur={() => setPointed(undefined)}
                onPointerEnter={() => setPointed(at)}
                className="flex min-w-[9px] flex-1 flex-col gap-[5px] rounded-[3px] px-px py-1 outline-offset-0 hover:bg-sunken max-sm:min-w-3"
                style={
                  {
                    '--age': OLDEST_OPACITY + ((1 - OLDEST_OPACITY) * (at + 1)) / columns.length,
                  } as React.CSSProperties
                }
              >
                {column.cells.map((cell, row) => (
                  <span
                    key={platforms[row]}
                    className={cn(
                      'h-[14px] rounded-[3px]',
                      CELLS[cell],
                      cell === 'present' && 'opacity-(--age)',
                    )}
                  />
                ))}
              </Link>
            ))}
          </div>
        </div>
      </div>
      <p aria-hidden="true" className="mono mt-2 flex min-h-5 flex-wrap justify-between gap-x-4 text-muted">
        {pointed === undefined ? (
          <>
            <span>
              {columns[0]?.tag}
              {omitted > 0 && (
                <span className="font-sans"> · {plural(omitted, 'older release')} not drawn</span>
              )}
            </span>
            <span>{columns.length > 1 && columns[last]?.tag}</span>
          </>
        ) : (
          <span className="text-ink">{columns[pointed]?.label}</span>
        )}
      </p>
    </div>
  )
}

function nextColumn(key: string, from: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowRight':
      return Math.min(last, from + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
