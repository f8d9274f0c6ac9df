'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { ToggleChip } from '#components/ui/chip.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useHash } from '#components/ui/use-hash.ts'
import type { FileChangeDto } from '#lib/api/diff.ts'
import type { FileTextDto } from '#lib/api/diff-file.ts'
import { type DiffSides, fileDiffCallPath, fileDiffOptions } from '#lib/client/diff-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { diffCommand } from './diff-command.ts'
import { fileHash, pathOfHash, type TextLine, textLineOfHash } from './file-hash.ts'
import { isSameContent, textHeightPx } from './file-words.ts'
import { SideFacts } from './side-facts.tsx'
import type { SideNames } from './side-names.ts'
import { UnifiedTable } from './unified-table.tsx'

/** All equal lines of the largest text that is shown. */
const ALL_LINES = 1_000_000

interface FileDetailProps {
  readonly sides: DiffSides
  readonly names: SideNames
  readonly path: string
  /** What the list tells of it; absent for a path that is not in the list. */
  readonly file?: FileChangeDto
}

/** One path on both sides: its attributes at once, then, where both are texts, what differs line by line. */
export function FileDetail({ sides, names, path, file }: FileDetailProps) {
  const [isUnfolded, setIsUnfolded] = useState(false)
  const isSame = file !== undefined && isSameContent(file)
  const { data, error, isFetching, refetch } = useQuery({
    ...fileDiffOptions(sides, path, isUnfolded ? ALL_LINES : undefined),
    enabled: !isSame,
    placeholderData: keepPreviousData,
  })
  const from = file ? file.from : data?.from.file
  const to = file ? file.to : data?.to.file
  const isKnown = file !== undefined || data !== undefined
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-line border-t bg-page px-3.5 py-3">
      {isKnown && <SideFacts from={from} to={to} names={names} />}
      {isSame ? (
        <p className="text-muted">The content is the same.</p>
      ) : error ? (
        <ProblemPanel
          problem={problemOf(error)}
          tone="warn"
          retry={
            <Button size="small" disabled={isFetching} onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : data === undefined ? (
        <Pending heightPx={textHeightPx(from, to)} />
      ) : (
        <Text
          path={path}
          text={data.text}
          names={names}
          heightPx={textHeightPx(from, to)}
          isUnfolded={isUnfolded}
          onUnfold={setIsUnfolded}
        />
      )}
      <div className="-mt-5 -mb-2">
        <Twin cli={diffCommand(sides, [], path)} api={fileDiffCallPath(sides, path)} />
      </div>
    </div>
  )
}

/** Holds the place that the text will have, so that nothing moves when it is there. */
function Pending({ heightPx }: { heightPx: number | undefined }) {
  return (
    <div aria-busy="true">
      <p role="status" className="flex min-h-[26px] items-center text-muted text-note">
        Taking it out of its layers…
      </p>
      {heightPx !== undefined && (
        <div
          className="card mt-1.5 grid content-start gap-2.5 overflow-hidden p-2.5"
          style={{ height: heightPx }}
        >
          <Skeleton className="h-3 w-2/5" />
          <Skeleton className="h-3 w-3/5" />
          <Skeleton className="h-3 w-1/3" />
        </div>
      )}
    </div>
  )
}

interface TextProps {
  readonly path: string
  readonly text: FileTextDto
  readonly names: SideNames
  readonly heightPx: number | undefined
  readonly isUnfolded: boolean
  readonly onUnfold: (isUnfolded: boolean) => void
}

function Text({ path, text, names, heightPx = 120, isUnfolded, onUnfold }: TextProps) {
  const hash = useHash()
  const [clicked, setClicked] = useState<TextLine>()
  const asked = pathOfHash(hash) === path ? textLineOfHash(hash) : undefined
  if (text.kind === 'same') return <p className="text-muted">The content is the same.</p>
  if (text.kind === 'not-shown') {
    return (
      <p className={text.cause === 'unavailable' ? 'text-warn' : 'text-muted'}>
        No line by line comparison. <ForeignText text={text.reason} maxLength={600} />
      </p>
    )
  }
  const { addedLines, removedLines, isRough, hunks } = text
  if (hunks.length === 0) return <p className="text-muted">Empty on both sides.</p>
  return (
    <div>
      <p className="flex min-h-[26px] flex-wrap items-center gap-x-3 text-note">
        <span className="text-fail tabular-nums">−{removedLines} removed</span>
        <span className="text-pass tabular-nums">+{addedLines} added</span>
        {isRough && <span className="text-warn">too unlike to be aligned in full</span>}
        <ToggleChip pressed={isUnfolded} onClick={() => onUnfold(!isUnfolded)} className="ml-auto">
          all lines
        </ToggleChip>
      </p>
      <section
        aria-label={`Unified diff of ${path}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        className="card mt-1.5 resize-y overflow-auto"
        style={{ height: heightPx }}
      >
        <UnifiedTable
          text={text}
          names={names}
          onUnfold={() => onUnfold(true)}
          line={clicked ?? asked}
          isAsked={clicked === undefined}
          hashOf={(line) => fileHash(path, line)}
          onLine={(line) => {
            setClicked(line)
            // Written without a jump: whoever clicks a line sees it.
            const { pathname, search } = window.location
            window.history.replaceState(null, '', `${pathname}${search}${fileHash(path, line)}`)
          }}
        />
      </section>
    </div>
  )
}
