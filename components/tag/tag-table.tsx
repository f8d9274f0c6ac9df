'use client'

import { defaultRangeExtractor, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { cn } from '#components/ui/cn.ts'
import { useIsAlive } from '#components/ui/use-is-alive.ts'
import { useMedia } from '#components/ui/use-media.ts'
import type { TagList } from '#lib/client/tag-list.ts'
import { rowForKey } from './row-keys.ts'
import { columnCount, gridTemplates, type TableColumns } from './table-grid.ts'
import { TagTableHead } from './tag-table-head.tsx'
import { TagTableRow } from './tag-table-row.tsx'
import { usePageTop } from './use-page-top.ts'
import { useTagDetails } from './use-tag-details.ts'
import { useTagRows } from './use-tag-list.ts'

const ROW_PX = 41
const NARROW_ROW_PX = 60
const OVERSCAN = 10
/** Rows in server-rendered markup: more than a tall screen shows. */
const FIRST_ROWS = 30
/** What covers the top of the window: the page's bar and the heads of the columns. */
const COVERED_PX = 56 + 38
/** The line under the last row would double the table's own. */
const LAST_LINE_PX = 1

interface TagTableProps {
  readonly list: TagList
  /** Rows over all windows. */
  readonly count: number
  readonly columns: TableColumns
  /** Another list is on its way: these rows are about to go. */
  readonly isFading: boolean
}

/**
 * The tags of a list. Only the rows in view exist; they are fetched by windows as they come near. Arrow keys, Home,
 * End, PageUp and PageDown move between rows, Enter opens one.
 */
export const TagTable = memo(function TagTable({ list, count, columns, isFading }: TagTableProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const isAlive = useIsAlive()
  const rowPx = useMedia('(max-width: 639.98px)') ? NARROW_ROW_PX : ROW_PX
  const [active, setActive] = useState(0)
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const toFocus = useRef<number>(undefined)
  const tabStop = Math.min(active, count - 1)
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    measureElement: rowHeight,
    scrollMargin: usePageTop(body),
    scrollPaddingStart: COVERED_PX,
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => [...new Set([tabStop, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  })

  // Heights known by position are another list's, or another screen's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what makes heights void
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, list, rowPx])

  useEffect(() => {
    if (toFocus.current === undefined) return
    const link = body.current?.querySelector<HTMLElement>(`[data-row-link="${toFocus.current}"]`)
    if (!link) return
    link.focus({ preventScroll: true })
    toFocus.current = undefined
  })

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 }
  const items = isAlive
    ? virtualizer.getVirtualItems()
    : Array.from({ length: Math.min(count, FIRST_ROWS) }, (_, index) => ({
        index,
        key: index,
        start: index * ROW_PX,
        end: (index + 1) * ROW_PX,
      }))
  const origin = isAlive ? virtualizer.options.scrollMargin : 0
  const totalPx = isAlive ? virtualizer.getTotalSize() : count * ROW_PX
  const rowAt = useTagRows(
    list,
    items.map((item) => item.index),
  )
  const inView = items
    .filter(({ index }) => index >= startIndex && index <= endIndex)
    .flatMap(({ index }) => rowAt(index) ?? [])
  useTagDetails(list.repository, isAlive ? inView : [])

  const toggle = useCallback((tag: string) => {
    setExpanded((was) =>
      was.has(tag) ? new Set([...was].filter((one) => one !== tag)) : new Set([...was, tag]),
    )
  }, [])

  const move = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const page = Math.max(1, Math.floor((window.innerHeight - COVERED_PX) / rowPx) - 1)
    const target = rowForKey(event.key, tabStop, count, page)
    if (target === undefined) return
    event.preventDefault()
    toFocus.current = target
    setActive(target)
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }

  let endPx = 0
  return (
    <table
      aria-label={`Tags of ${list.repository}`}
      aria-rowcount={count + 1}
      aria-colcount={columnCount(columns)}
      aria-busy={isFading}
      className={cn('card block transition-opacity', isFading && 'opacity-60')}
      style={gridTemplates(columns)}
    >
      <TagTableHead columns={columns} />
      <tbody
        ref={body}
        onKeyDown={move}
        onFocus={(event) => {
          const position = event.target.closest<HTMLElement>('[data-index]')?.dataset.index
          if (position !== undefined) setActive(Number(position))
        }}
        className="flow-root overflow-clip rounded-b-[9px] [overflow-anchor:none]"
        style={{ height: totalPx - LAST_LINE_PX }}
      >
        {items.map((item) => {
          const gapPx = item.start - origin - endPx
          endPx = item.end - origin
          const tag = rowAt(item.index)
          return (
            <TagTableRow
              key={item.key}
              ref={virtualizer.measureElement}
              gapPx={gapPx}
              repository={list.repository}
              tag={tag}
              position={item.index}
              columns={columns}
              isTabStop={item.index === tabStop}
              isExpanded={tag !== undefined && expanded.has(tag.name)}
              onToggle={toggle}
            />
          )
        })}
      </tbody>
    </table>
  )
})

/** A row's height as the browser reports it; until it does, the known or estimated one. Never forces a layout. */
function rowHeight(
  element: Element,
  entry: ResizeObserverEntry | undefined,
  { options, itemSizeCache }: Virtualizer<Window, Element>,
): number {
  const box = entry?.borderBoxSize[0]
  if (box) return Math.round(box.blockSize)
  const index = Number(element.getAttribute('data-index'))
  return itemSizeCache.get(index) ?? options.estimateSize(index)
}
