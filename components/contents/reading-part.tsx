import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { LayerDto } from '#lib/api/image.ts'
import type { ContentsBase } from '#lib/api/image-contents.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { ContentsWaiting } from './contents-waiting.tsx'
import { LayerNotes } from './layer-notes.tsx'
import { LayerProblems } from './layer-problems.tsx'
import { TableNote } from './table-note.tsx'

interface ReadingPartProps<T extends ContentsBase> {
  readonly query: UseQueryResult<T>
  readonly layers: readonly LayerDto[]
  /** How far the reading is; absent until the server has said so. */
  readonly progress: ReadingProgress | undefined
  readonly children: (data: T) => ReactNode
}

/** A part that needs layers read: waiting, failed, or there, with the layers that could not be read named first. */
export function ReadingPart<T extends ContentsBase>({
  query,
  layers,
  progress,
  children,
}: ReadingPartProps<T>) {
  if (query.data) {
    return (
      <>
        <LayerProblems
          read={query.data.layers}
          layers={layers}
          isRetrying={query.isFetching}
          onRetry={() => void query.refetch()}
        />
        <LayerNotes read={query.data.layers} />
        <TableNote read={query.data.layers} />
        {children(query.data)}
      </>
    )
  }
  if (query.error) {
    return (
      <ProblemPanel
        problem={problemOf(query.error)}
        className="mt-5"
        retry={
          <Button disabled={query.isFetching} onClick={() => void query.refetch()}>
            Try again
          </Button>
        }
      />
    )
  }
  return <ContentsWaiting layers={layers} progress={progress} />
}
