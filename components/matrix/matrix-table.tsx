import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import { matrixItems } from './matrix-items.ts'
import { MATRIX_GRID, MatrixHeads, MatrixItemCells } from './matrix-parts.tsx'
import type { MatrixLine } from './matrix-rows.ts'

/** As rows with short values are; a guess far off would make the way to a row far down end elsewhere. */
const HEIGHTS_PX = { head: 37, remark: 38, binaries: 40, line: 55 } as const
const OVERSCAN = 8
const TRY_EVERY_MS = 100
const TRIES_MAX = 50

interface MatrixTableProps {
  readonly matrix: MatrixResponse
  readonly lines: readonly MatrixLine[]
  /** By a search, or to one part. */
  readonly isNarrowed: boolean
  readonly show: 'differs' | 'all'
  /** The id that the address names. */
  readonly row: string | undefined
  readonly isReading: boolean
  /** Another answer is on its way: these rows are about to go. */
  readonly isFading: boolean
  /** Opens a row, or closes it (empty). */
  readonly onRow: (id: string) => void
  readonly onShowAll: () => void
}

/**
 * Rows over all platforms, of which only those in view exist. Its head and its first column stay while it is scrolled;
 * the page itself never scrolls sideways. The row that the address names is open and in view.
 */
export function MatrixTable(props: MatrixTableProps) {
  const { matrix, lines, isNarrowed, show, row, isReading, isFading, onRow, onShowAll } = props
  const { platforms } = matrix
  const scroller = useRef<HTMLElement>(null)
  const items = matrixItems({ matrix, lines, isNarrowed, isReading })
  const at = row === undefined ? -1 : items.findIndex(({ id }) => id === row)
  const virtualizer = useVirtualizer({
    count: items.length,
    estimateSize: (index) => HEIGHTS_PX[items[index]?.kind ?? 'line'],
    overscan: OVERSCAN,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.id ?? index,
    initialRect: { width: 1_000, height: 600 },
  })
  const isThere = at >= 0
  const clicked = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it comes to be there, not whenever rows move
  useEffect(() => {
    // Who clicks a row sees it already.
    if (!isThere || row === clicked.current) return
    const go = () => virtualizer.scrollToIndex(at, { align: 'center' })
    go()
    scroller.current?.scrollIntoView({ block: 'nearest' })
    // The rows on the way turn out higher or lower than guessed, on a busy machine long after they are there.
    let tries = 0
    const timer = setInterval(() => {
      if (isInView(scroller.current) || ++tries > TRIES_MAX) clearInterval(timer)
      else go()
    }, TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isThere, row])
  const lost = row !== undefined && !isThere && !isReading && !isFading
  return (
    <>
      {lost && (
        <p role="status" className="card mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 px-3.5 py-2.5">
          <span className="min-w-0 break-words">
            The row that the address names{' '}
            {show === 'all' ? 'is not there.' : 'does not differ, or is not there.'}
          </span>
          {show === 'differs' && (
            <Button size="small" onClick={onShowAll}>
              Show all rows
            </Button>
          )}
        </p>
      )}
      {items.length === 0 ? (
        <p className="card px-3.5 py-3 text-muted">No row here fits the filter.</p>
      ) : (
        <section
          ref={scroller}
          aria-label="Rows over all platforms"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          aria-busy={isFading}
          className={cn(
            'card max-h-[min(76vh,860px)] scroll-mt-16 scroll-mb-4 overflow-auto overscroll-x-contain -outline-offset-2 transition-opacity [--cell:124px] [--name:136px] sm:[--cell:140px] sm:[--name:232px] print:max-h-none',
            isFading && 'opacity-60',
          )}
        >
          <table
            aria-label="All platforms"
            className="block text-left"
            aria-rowcount={items.length + 1}
            style={
              {
                '--columns': `minmax(var(--name),1.4fr) repeat(${platforms.length},minmax(var(--cell),1fr))`,
                minWidth: `calc(var(--name) + ${platforms.length} * var(--cell))`,
              } as CSSProperties
            }
          >
            <thead className="sticky top-0 z-20 block">
              <MatrixHeads matrix={matrix} />
            </thead>
            <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map(({ index, key, start }) => {
                const item = items[index]
                return (
                  item && (
                    <tr
                      key={key}
                      ref={virtualizer.measureElement}
                      data-index={index}
                      aria-rowindex={index + 2}
                      aria-current={index === at ? 'location' : undefined}
                      className={cn(MATRIX_GRID, 'absolute inset-x-0 top-0 border-line border-t')}
                      style={{ transform: `translateY(${start}px)` }}
                    >
                      <MatrixItemCells
                        item={item}
                        matrix={matrix}
                        isOpen={index === at}
                        onRow={(id) => {
                          clicked.current = id
                          onRow(id)
                        }}
                      />
                    </tr>
                  )
                )
              })}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

/** Whether the row that the address names can be seen between the head of the table and its end. */
function isInView(scroller: HTMLElement | null): boolean {
  const row = scroller?.querySelector('[aria-current=location]')?.getBoundingClientRect()
  const view = scroller?.getBoundingClientRect()
  return row !== undefined && view !== undefined && row.top >= view.top && row.bottom <= view.bottom
}
