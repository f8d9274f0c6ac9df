'use client'

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { plural } from '#components/ui/plural.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import type { CoverageModel } from './coverage-model.ts'
import { RibbonColumn } from './ribbon-column.tsx'
import { columnForKey } from './row-keys.ts'

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
              <RibbonColumn
                key={column.tag}
                href={tagPath(repository, column.tag)}
                label={column.label}
                cells={column.cells.join(' ')}
                age={age(at, columns.length)}
                position={at}
                isTabStop={at === stop}
                onFocus={setTabStop}
                onPoint={onPoint}
              />
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
