'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { usePageTop } from '#components/tag/use-page-top.ts'
import { useIsAlive } from '#components/ui/use-is-alive.ts'
import type { FileChangeDto } from '#lib/api/diff.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { FileRow } from './file-row.tsx'
import type { SideNames } from './side-names.ts'

const ROW_PX = 54
const OVERSCAN = 12
/** The page's bar. */
const COVERED_PX = 56

interface FileListProps {
  readonly files: readonly FileChangeDto[]
  readonly foreign: ReadonlySet<string>
  readonly sides: DiffSides
  readonly names: SideNames
  /** The path that the address leads to. */
  readonly target: string | undefined
  readonly open: ReadonlySet<string>
  readonly onToggle: (path: string) => void
}

/** Files that differ. Only the rows in view exist; the row that the address leads to is brought into view. */
export function FileList(props: FileListProps) {
  const { files, foreign, sides, names, target, open, onToggle } = props
  const list = useRef<HTMLOListElement>(null)
  const isAlive = useIsAlive()
  const virtualizer = useWindowVirtualizer({
    count: files.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: usePageTop(list),
    scrollPaddingStart: COVERED_PX,
    getItemKey: (index) => files[index]?.path ?? index,
  })
  const at = target === undefined ? -1 : files.findIndex(({ path }) => path === target)
  const margin = virtualizer.options.scrollMargin
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the list is in its place, too
  useEffect(() => {
    if (at >= 0 && margin > 0) virtualizer.scrollToIndex(at, { align: 'start' })
  }, [at, target, margin > 0])
  if (!isAlive) return null
  return (
    <ol
      ref={list}
      aria-label="Files that differ"
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const file = files[index]
        return (
          file && (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={files.length}
              aria-current={index === at ? 'location' : undefined}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <FileRow
                file={file}
                isForeign={foreign.has(file.path)}
                isTarget={index === at}
                sides={sides}
                names={names}
                isOpen={open.has(file.path)}
                onToggle={onToggle}
              />
            </li>
          )
        )
      })}
    </ol>
  )
}
