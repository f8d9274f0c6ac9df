'use client'

import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { ToggleChip } from '#components/ui/chip.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { FileChangeDto } from '#lib/api/diff.ts'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { NoDifference, PartPending } from './diff-part.tsx'
import { FileList } from './file-list.tsx'
import { countChanges, type FileFilter, filterFiles } from './file-words.ts'
import type { SideNames } from './side-names.ts'
import { useHashPath } from './use-hash-path.ts'

const FileDetail = lazy(() => import('./file-detail.tsx').then((module) => ({ default: module.FileDetail })))

const WORDS = { added: 'added', removed: 'removed', changed: 'changed' } as const
const CHANGES = ['added', 'removed', 'changed'] as const

interface FilesPanelProps {
  readonly sides: DiffSides
  readonly names: SideNames
  readonly files: readonly FileChangeDto[]
  /** On all pages. */
  readonly total: number
  readonly sameCount: number
  /** Every layer could be read. */
  readonly isComplete: boolean
  readonly foreign: ReadonlySet<string>
  readonly filter: FileFilter
  readonly onFilter: (filter: FileFilter) => void
  /** Fetches more; absent while there is nothing more or it is on its way. */
  readonly onMore: (() => void) | undefined
  readonly isFetching: boolean
}

/** Files that differ, with a search and a switch for each kind of change. */
export function FilesPanel(props: FilesPanelProps) {
  const { sides, names, files, total, sameCount, isComplete, foreign, filter, onFilter, onMore, isFetching } =
    props
  const { target, open, toggle: toggleOpen } = useHashPath()
  const shown = filterFiles(files, filter)
  const isListed = target === undefined || files.some(({ path }) => path === target)
  // The address may lead to a row of a later page.
  useEffect(() => {
    if (!isListed && !isFetching) onMore?.()
  }, [isListed, isFetching, onMore])
  const unlisted = target !== undefined && !shown.some(({ path }) => path === target) && (
    <Unlisted
      path={target}
      why={
        isListed
          ? 'It does not fit the filter below'
          : onMore
            ? 'Looking for it'
            : 'It is not listed below: the same on both sides, or folded away'
      }
    >
      {(isListed || !onMore) && <FileDetail sides={sides} names={names} path={target} />}
    </Unlisted>
  )
  if (total === 0) {
    return (
      <>
        {unlisted}
        <NoDifference>
          {sameCount === 0
            ? `Neither side has a file${isComplete ? '' : ' in the layers that could be read'}.`
            : `All ${plural(sameCount, 'path')} to look at are the same.`}
        </NoDifference>
      </>
    )
  }
  const counts = countChanges(files)
  const toggle = (change: string) =>
    onFilter({
      ...filter,
      changes: filter.changes.includes(change)
        ? filter.changes.filter((each) => each !== change)
        : [...filter.changes, change],
    })
  return (
    <>
      {unlisted}
      <search className="mb-3 flex flex-wrap items-center gap-2.5 print:hidden">
        <input
          type="text"
          aria-label="Search files by path"
          placeholder="Search by path…"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={filter.q}
          onChange={(event) => onFilter({ ...filter, q: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && onFilter({ ...filter, q: '' })}
          className="w-60 rounded-full border border-line bg-surface px-3 py-0.5 transition-colors hover:border-line-strong focus:border-accent max-sm:w-full max-sm:py-1 max-sm:text-lead"
        />
        {CHANGES.map((change) => (
          <ToggleChip
            key={change}
            pressed={filter.changes.includes(change)}
            disabled={counts[change] === 0 && !filter.changes.includes(change)}
            onClick={() => toggle(change)}
          >
            {WORDS[change]} <span className="tabular-nums">{formatCount(counts[change])}</span>
          </ToggleChip>
        ))}
        <span role="status" className="text-muted text-note">
          {shown.length < files.length &&
            `${formatCount(shown.length)} of ${formatCount(files.length)} shown`}
        </span>
      </search>
      {shown.length === 0 ? (
        <NoDifference>No path here fits the filter.</NoDifference>
      ) : (
        <div className="card overflow-hidden">
          <FileList
            files={shown}
            foreign={foreign}
            sides={sides}
            names={names}
            target={target}
            open={open}
            onToggle={toggleOpen}
          />
        </div>
      )}
      {files.length < total && (
        <p className="mt-2 flex flex-wrap items-center gap-3 text-muted">
          {formatCount(files.length)} of {formatCount(total)} differences are here; search and switches look
          at these.
          <Button size="small" disabled={isFetching || onMore === undefined} onClick={onMore}>
            {isFetching ? 'Loading…' : 'Load more'}
          </Button>
        </p>
      )}
    </>
  )
}

/** The path of the address where the list has no row for it. */
function Unlisted({ path, why, children }: { path: string; why: string; children: ReactNode }) {
  const place = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever the address leads next, too
  useEffect(() => {
    // Newer browsers answer a promise, which is nothing to end an effect with.
    place.current?.scrollIntoView()
  }, [path])
  return (
    <section ref={place} aria-label="Path of the address" className="card mb-3 scroll-mt-20 overflow-hidden">
      <p className="flex flex-wrap items-baseline gap-x-2 px-3.5 py-2.5">
        <span className="mono break-all">
          <ForeignText text={path} maxLength={1_000} />
        </span>
        <span className="text-muted text-note">{why}.</span>
      </p>
      <Suspense fallback={<PartPending />}>{children}</Suspense>
    </section>
  )
}
