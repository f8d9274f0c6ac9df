'use client'

import { useMutation } from '@tanstack/react-query'
import { FileText, RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { cancelRun } from '#lib/client/run-queries.ts'
import { RerunButtons } from './rerun-buttons.tsx'
import { RerunElsewhere } from './rerun-elsewhere.tsx'
import { isOver } from './use-run.ts'

interface RunActionsProps {
  readonly run: RunDto
  /** What the server says of the run after it was cancelled. */
  readonly onRun: (run: RunDto) => void
  readonly onProblem: (problem: ProblemDto | undefined) => void
}

/** What can be done with a run: end it while it goes on; then read its report, or run it again. */
export function RunActions({ run, onRun, onProblem }: RunActionsProps) {
  if (!isOver(run)) return <CancelButton run={run} onRun={onRun} onProblem={onProblem} />
  return (
    <div className="flex flex-wrap gap-2">
      <RerunButtons
        run={run}
        onProblem={onProblem}
        icon={<RotateCcw aria-hidden="true" className="size-3.5 text-muted" />}
      />
      <RerunElsewhere run={run} onProblem={onProblem} />
      {run.reportUrl !== undefined && (
        <Link href={run.reportUrl} className={buttonClass('primary')}>
          <FileText aria-hidden="true" className="size-3.5" />
          Open the report
        </Link>
      )}
    </div>
  )
}

function CancelButton({ run, onRun, onProblem }: RunActionsProps) {
  const [isAsked, setAsked] = useState(false)
  const { mutate } = useMutation({
    mutationFn: () => cancelRun(run.id),
    onMutate: () => {
      setAsked(true)
      onProblem(undefined)
    },
    onSuccess: (answer) => {
      // The stream tells the rest; an answer that is already over saves the wait.
      if (isOver(answer)) onRun(answer)
    },
    onError: (error) => {
      setAsked(false)
      onProblem(problemOf(error))
    },
  })
  return (
    <Button aria-disabled={isAsked} onClick={() => !isAsked && mutate()}>
      {isAsked ? 'Cancelling…' : 'Cancel'}
    </Button>
  )
}
