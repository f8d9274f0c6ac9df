'use client'

import Link from 'next/link'
import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { plural } from '#components/ui/plural.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import type { CoverageCell, CoverageModel } from './coverage-model.ts'
import { columnForKey } from './row-keys.ts'

const CELLS: Readonly<Record<CoverageCell, string>> = {
  present: 'bg-pass opacity-(--age)',
  hole: 'hole bg-fail-soft',
  absent: 'border border-line-strong border-dashed',
  pending: 'skeleton',
  failed: 'border border-skip bg-skip-soft',
}

/** The oldest release is this pale; the newest is at full strength. */
const OLDEST_OPACITY = 0.4
/** Few releases do not stretch over the whole width. */
const COLUMN_MAX_PX = 34

interface CoverageRibbonProps {
  readonly repository: string
  readonly model: CoverageModel
  /** Told what the release under the pointer or the focus holds, in words. */
  readonly onPoint: (label: string | undefined) => void
}

/**
 * Platforms over releases, oldest to newest, so that a hole catches the eye. A release is one link; arrow keys move
 * between them, Tab goes past. On a narrow screen it scrolls, with the newest in view.
 */
export function CoverageRibbon({ repository, model, onPoint }: CoverageRibbonProps) {
  const { platforms, columns, omitted } = model
  const scroller = useRef<HTMLDivElement>(null)
  const [tabStop, setTabStop] = useState<number>()
  const last = columns.length - 1
  const stop = Math.min(tabStop ?? last, last)

  useLayoutEffect(() => {
    if (columns.length > 0) scroller.current?.scrollTo({ left: scroller.current.scrollWidth })
  }, [columns.length])

  const move = (event: KeyboardEvent) => {
    const target = columnForKey(event.key, stop, columns.length)
    if (target === undefined) return
    event.preventDefault()
    scroller.current?.querySelectorAll<HTMLElement>('a')[target]?.focus()
  }

  return (
    <div className="card grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 py-3.5 pr-4 pl-[18px] max-sm:px-3.5">
      <div aria-hidden="true" className="flex flex-col gap-[7px] py-1 text-muted">
        {platforms.map((platform) => (
          <span key={platform} className="flex h-[14px] items-center leading-none">
            <PlatformName platform={platform} short />
          </span>
        ))}
      </div>
      <div ref={scroller} className="overflow-x-auto overscroll-x-contain [scrollbar-width:thin]">
        <div className="min-w-fit" style={{ maxWidth: columns.length * COLUMN_MAX_PX }}>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
          <div
            role="group"
            aria-label="Platforms of each release, oldest to newest"
            onKeyDown={move}
            onPointerLeave={() => onPoint(undefined)}
            onBlur={() => onPoint(undefined)}
            className="flex px-0.5"
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
                  onPoint(column.label)
                  setTabStop(at)
                }}
                onPointerEnter={() => onPoint(column.label)}
                className="flex min-w-[9px] flex-1 flex-col gap-[7px] rounded-[3px] px-px py-1 -outline-offset-1 hover:bg-sunken max-sm:min-w-3"
                style={{ '--age': age(at, columns.length) } as CSSProperties}
              >
                {column.cells.map((cell, row) => (
                  <span key={platforms[row]} className={cn('h-[14px] rounded-[3px]', CELLS[cell])} />
                ))}
              </Link>
            ))}
          </div>
          <p aria-hidden="true" className="mono mt-1 flex justify-between gap-x-6 px-0.5 text-muted">
            <span>
              {columns[0]?.tag}
              {omitted > 0 && (
                <span className="font-sans"> · {plural(omitted, 'older release')} not drawn</span>
              )}
            </span>
            <span>{columns[last]?.tag}</span>
          </p>
        </div>
      </div>
    </div>
  )
}

function age(at: number, count: number): number {
  return OLDEST_OPACITY + ((1 - OLDEST_OPACITY) * (at + 1)) / count
}
