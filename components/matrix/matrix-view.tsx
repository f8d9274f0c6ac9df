'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ReadingNotice } from '#components/diff/reading-notice.tsx'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Twin } from '#components/ui/twin.tsx'
import { useAddress } from '#components/ui/use-address.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import type { ReadingProgress } from '#lib/api/reading.ts'
import { type MatrixOf, matrixCallPath, matrixOptions } from '#lib/client/matrix-queries.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { kindOf, matrixCommand, readMatrixAddress } from './matrix-address.ts'
import { MatrixFaults } from './matrix-faults.tsx'
import { MatrixFilter } from './matrix-filter.tsx'
import { MatrixPlatforms } from './matrix-platforms.tsx'
import { filterLines, matrixLines } from './matrix-rows.ts'
import { MatrixSummary } from './matrix-summary.tsx'
import { MatrixTable } from './matrix-table.tsx'

interface MatrixViewProps {
  /** What the configs tell, without a layer. */
  readonly initial: MatrixResponse
  /** What `initial` answers. */
  readonly asked: MatrixOf
}

/** All platforms of an image: first what their configs say, then, as soon as the layers are read, what is in them. */
export function MatrixView({ initial, asked }: MatrixViewProps) {
  const [address, change] = useAddress()
  const of = { ...readMatrixAddress(address), ref: asked.ref }
  const [progress, setProgress] = useState<ReadingProgress>()
  const deep = useQuery(matrixOptions(of, setProgress))
  const matrix = deep.data ?? initial
  const state = deep.data ? 'done' : deep.error ? 'failed' : 'reading'
  const narrowed = {
    q: address.get('q') ?? '',
    kind: kindOf(address),
    row: address.get('row') ?? undefined,
  }
  const all = matrixLines(matrix)
  return (
    <>
      <MatrixSummary matrix={matrix} progress={state} />
      {state === 'reading' && (
        <ReadingNotice
          count={progress?.layers ?? sum(initial, ({ layerCount = 0 }) => layerCount)}
          sizeBytes={progress?.sizeBytes ?? sum(initial, ({ sizeBytes = 0 }) => sizeBytes)}
          progress={progress}
        />
      )}
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
      <MatrixFaults matrix={matrix} onRetry={() => void deep.refetch()} isRetrying={deep.isFetching} />
      <MatrixPlatforms matrix={matrix} onChange={(platform) => change({ platform })} />
      <MatrixFilter matrix={matrix} show={of.show} {...narrowed} onChange={change} />
      <MatrixTable
        matrix={matrix}
        lines={filterLines(all, narrowed)}
        isNarrowed={narrowed.q !== '' || narrowed.kind !== undefined}
        show={of.show}
        row={narrowed.row}
        isReading={state === 'reading'}
        isFading={deep.isPlaceholderData}
        onRow={(row) => change({ row })}
        onShowAll={() => change({ show: 'all' })}
      />
      <Twin cli={matrixCommand({ ...of, ref: matrix.reference })} api={matrixCallPath(of)} />
    </>
  )
}

function sum(
  { platforms }: MatrixResponse,
  of: (platform: MatrixResponse['platforms'][number]) => number,
): number {
  return platforms.reduce((total, platform) => total + of(platform), 0)
}
