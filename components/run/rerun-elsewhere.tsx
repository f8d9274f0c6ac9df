'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { Button } from '#components/ui/button.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { startRun } from '#lib/client/run-queries.ts'
import { rerunRequest } from './rerun-request.ts'
import { unprovenPlatforms } from './submit-command.ts'

interface RerunElsewhereProps {
  readonly run: RunDto
  readonly onProblem: (problem: ProblemDto | undefined) => void
}

/** Runs it again, and waits for other machines to submit what nothing here runs natively; not there when all is. */
export function RerunElsewhere({ run, onProblem }: RerunElsewhereProps) {
  const router = useRouter()
  const platforms = unprovenPlatforms(run)
  const { mutate, isPending, isSuccess } = useMutation({
    mutationFn: () => startRun({ ...rerunRequest(run), waitFor: [...platforms] }),
    onMutate: () => onProblem(undefined),
    onSuccess: ({ url }) => router.push(url),
    onError: (error) => onProblem(problemOf(error)),
  })
  if (platforms.length === 0) return null
  const isBusy = isPending || isSuccess
  return (
    <Button
      disabled={isBusy}
      title={`Runs again; ${platforms.join(', ')}: by native machines, which submit their results`}
      onClick={() => mutate()}
    >
      {isBusy ? 'Starting…' : 'Wait for native results'}
    </Button>
  )
}
