import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import type { LayerDto } from '#lib/api/image.ts'
import { type FileFilter, isNarrowed } from '#lib/api/match-file.ts'
import {
  type FileEntry,
  type FileNode,
  type FileRow,
  fileRows,
  foldersAbove,
  pathsToShow,
} from './file-tree-model.ts'
import { LayerMark } from './layer-mark.tsx'

const ROW_PX = 30
const OVERSCAN = 12
const INDENT_PX = 16
/** Trees this small are shown unfolded. */
const SMALL = 60

/** Of the window in which the tree scrolls, before the browser has said. */
const WINDOW = { width: 800, height: 720 }

interface FileTreeProps {
  /** Of the whole image, also where only the top is there yet. */
  readonly paths: number
  readonly entries: readonly FileEntry[]
  readonly roots: readonly FileNode[]
  readonly filter: FileFilter
  readonly layers: readonly LayerDto[]
  /** The path that the address names. */
  readonly selected: string | undefined
  readonly onSelect: (path: string) => void
}

/**
 * The files as a tree of which only the rows in view exist. Arrows walk it, right and left fold, as trees do; the
 * folders above the chosen path are open.
 */
export function FileTree({ paths, entries, roots, filter, layers, selected, onSelect }: FileTreeProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map())
  const isAllOpen = isNarrowed(filter) || paths <= SMALL
  const rows = useMemo(() => {
    const above = new Set(selected === undefined ? [] : foldersAbove(selected))
    const isOpen = (path: string) => folds.get(path) ?? (isAllOpen || above.has(path))
    return fileRows(roots, isOpen, isNarrowed(filter) ? pathsToShow(entries, filter) : undefined)
  }, [entries, roots, filter, selected, folds, isAllOpen])
  const at = rows.findIndex(({ node }) => node.path === selected)
  const virtualizer = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    initialRect: WINDOW,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.node.path ?? index,
  })
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
  }, [at, virtualizer])
  const fold = (path: string, isOpen: boolean) => setFolds((was) => new Map(was).set(path, isOpen))
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    const move = MOVES[event.key]
    if (move) {
      const next = rows[Math.min(rows.length - 1, Math.max(0, move(at, rows.length)))]
      if (next) onSelect(next.node.path)
    } else if (row && event.key === 'ArrowRight' && row.node.isFolder) {
      if (row.isOpen) onSelect(rows[at + 1]?.node.path ?? row.node.path)
      else fold(row.node.path, true)
    } else if (row && event.key === 'ArrowLeft') {
      if (row.isOpen) fold(row.node.path, false)
      else onSelect(foldersAbove(row.node.path).at(-1) ?? row.node.path)
    } else if (row?.node.isFolder && (event.key === 'Enter' || event.key === ' ')) {
      fold(row.node.path, !row.isOpen)
    } else return
    event.preventDefault()
  }
  return (
    <div className="card overflow-hidden">
      <div
        ref={scroller}
        role="tree"
        aria-label="Files"
        tabIndex={0}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
        className="max-h-[min(70vh,720px)] overflow-auto -outline-offset-2"
      >
        <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index]
            return (
              row && (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself has the focus and the keys
                // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
                <div
                  key={key}
                  id={`${id}-${index}`}
                  role="treeitem"
                  aria-level={row.node.level}
                  aria-posinset={row.position}
                  aria-setsize={row.siblings}
                  aria-expanded={row.node.isFolder ? row.isOpen : undefined}
                  aria-selected={index === at}
                  onClick={() => {
                    if (row.node.isFolder) fold(row.node.path, !row.isOpen)
                    onSelect(row.node.path)
                  }}
                  className={cn(
                    'absolute inset-x-0 top-0 cursor-default',
                    index === at ? 'bg-accent-soft' : 'hover:bg-sunken/60',
                  )}
                  style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
                >
                  <Row row={row} layers={layers} />
                </div>
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}

const PAGE_ROWS = 20
const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + PAGE_ROWS,
  PageUp: (at) => at - PAGE_ROWS,
  Home: () => 0,
  End: (_, count) => count - 1,
}

function Row({ row, layers }: { row: FileRow; layers: readonly LayerDto[] }) {
  const { name, level, entry, isFolder, sizeBytes } = row.node
  return (
    <span className="grid h-full grid-cols-[minmax(0,1fr)_52px_76px_76px_44px] items-center gap-x-2 px-3.5 max-sm:grid-cols-[minmax(0,1fr)_68px_38px]">
      <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: (level - 1) * INDENT_PX }}>
        <ChevronRight
          aria-hidden="true"
          className={cn('size-3.5 shrink-0 text-muted', row.isOpen && 'rotate-90', !isFolder && 'invisible')}
        />
        <span className={cn('mono truncate', isFolder && 'font-[560]')}>
          <ForeignText text={name} maxLength={300} />
          {isFolder && '/'}
          {entry?.linkTarget !== undefined && (
            <span className="text-muted">
              {' → '}
              <ForeignText text={entry.linkTarget} maxLength={300} />
            </span>
          )}
        </span>
      </span>
      <span className="mono text-right text-muted max-sm:hidden">{entry?.mode}</span>
      <span className="mono truncate text-right text-muted max-sm:hidden">
        {entry && `${entry.uid}:${entry.gid}`}
      </span>
      <span className="whitespace-nowrap text-right tabular-nums">
        {entry?.type === 'symlink' ? '' : formatBytes(sizeBytes)}
      </span>
      <span className="text-note">{entry && <LayerMark layer={entry.layer} layers={layers} />}</span>
    </span>
  )
}
