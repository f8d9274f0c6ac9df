'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { LayerNotes } from '#components/contents/layer-notes.tsx'
import { TableNote } from '#components/contents/table-note.tsx'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { DiffResponse } from '#lib/api/diff.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { type DiffSides, diffCallPath, diffOptions } from '#lib/client/diff-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { ContentParts } from './content-parts.tsx'
import { CoverageDiff } from './coverage-diff.tsx'
import { diffCommand } from './diff-command.ts'
import { isIdentical, layersToRead } from './diff-conclusion.ts'
import { DiffPart } from './diff-part.tsx'
import { DiffSummary } from './diff-summary.tsx'
import { FoldChips } from './fold-chips.tsx'
import { ReadingNotice } from './reading-notice.tsx'
import { RegistryParts } from './registry-parts.tsx'
import { sideNames } from './side-names.ts'
import { UnreadLayers } from './unread-layers.tsx'

interface DiffViewProps {
  readonly sides: DiffSides
  /** What the registry's JSON tells, without a layer. */
  readonly initial: DiffResponse
}

/** A comparison: first what the registry says, then, as soon as the layers are read, what is in them. */
export function DiffView({ sides, initial }: DiffViewProps) {
  const [address, changeAddress] = useAddress()
  const unfold = address.getAll('unfold')
  const isOfImages = initial.axis !== 'indexes'
  const isSame = isIdentical(initial)
  const [progress, setProgress] = useState<ReadingProgress>()
  const deep = useInfiniteQuery({
    ...diffOptions(sides, unfold, setProgress),
    enabled: isOfImages && !isSame,
  })
  const [first] = deep.data?.pages ?? []
  const diff = first ?? initial
  const hasContent = first !== undefined
  const state = hasContent || !isOfImages || isSame ? 'done' : deep.error ? 'failed' : 'reading'
  const names = sideNames(diff)
  useHashOnce(hasContent)
  return (
    <>
      <DiffSummary diff={diff} state={state} />
      {state === 'reading' && <ReadingNotice {...layersToRead(initial)} progress={progress} />}
      {deep.error && (
        <ProblemPanel
          problem={problemOf(deep.error)}
          tone="warn"
          className="mt-3"
          retry={
            <Button disabled={deep.isFetching} onClick={() => void deep.refetch()}>
              {deep.isFetching ? 'Reading…' : 'Try again'}
            </Button>
          }
        />
      )}
      <UnreadLayers
        sides={[
          { name: names.from, side: diff.from },
          { name: names.to, side: diff.to },
        ]}
        onRetry={() => void deep.refetch()}
        isRetrying={deep.isFetching}
      />
      <LayerNotes read={diff.from.layers ?? []} name={names.from} />
      <LayerNotes read={diff.to.layers ?? []} name={names.to} />
      <TableNote read={[diff.from, diff.to].flatMap(({ layers = [] }) => layers)} />
      {isOfImages && !isSame && (
        <>
          <FoldChips
            counts={diff.folded}
            unfold={unfold}
            onChange={(next) => changeAddress({ unfold: next })}
          />
          <RegistryParts diff={diff} names={names} />
          <ContentParts
            sides={sides}
            pages={deep.data?.pages ?? []}
            names={names}
            isPending={state === 'reading'}
            filter={{ q: address.get('q') ?? '', changes: address.getAll('change') }}
            onFilter={({ q, changes }) => changeAddress({ q, change: changes })}
            onMore={deep.hasNextPage ? () => void deep.fetchNextPage() : undefined}
            isFetching={deep.isFetching}
          />
        </>
      )}
      {diff.coverage && (
        <DiffPart id="coverage" title="Platforms">
          <CoverageDiff rows={diff.coverage} sides={sides} />
        </DiffPart>
      )}
      <Twin cli={diffCommand(sides, unfold)} api={diffCallPath(sides, { unfold })} />
    </>
  )
}

/** Once the layers' content is on the page, goes where the address wanted to before it was. */
function useHashOnce(isThere: boolean): void {
  useEffect(() => {
    if (!isThere || window.location.hash.length < 2) return
    const part = document.getElementById(window.location.hash.slice(1))
    if (part) part.scrollIntoView()
    else document.querySelector('[aria-current=location]')?.scrollIntoView({ block: 'center' })
  }, [isThere])
}
