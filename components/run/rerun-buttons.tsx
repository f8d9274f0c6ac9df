'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunRequestDto } from '#lib/api/runs.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { startRun } from '#lib/client/run-queries.ts'
import { rerunRequest, unpassedPlatforms } from './rerun-request.ts'

interface RerunButtonsProps {
  /** A run or a report. */
  readonly run: Parameters<typeof rerunRequest>[0]
  readonly icon?: ReactNode
  /** Why it could not be started; undefined when it is tried again. */
  readonly onProblem: (problem: ProblemDto | undefined) => void
}

/** Run it again, or only what did not pass. Leads to the new run. */
export function RerunButtons({ run, icon, onProblem }: RerunButtonsProps) {
  const router = useRouter()
  const { mutate, isPending, isSuccess } = useMutation({
    mutationFn: (request: RunRequestDto) => startRun(request),
    onMutate: () => onProblem(undefined),
    onSuccess: ({ url }) => router.push(url),
    onError: (error) => onProblem(problemOf(error)),
  })
  const unpassed = unpassedPlatforms(run)
  const isBusy = isPending || isSuccess
  return (
    <>
      <Button disabled={isBusy} onClick={() => mutate(rerunRequest(run))}>
        {icon}
        {isBusy ? 'Starting…' : 'Run again'}
      </Button>
      {unpassed.length > 0 && unpassed.length < run.jobs.length && (
        <Button
          disabled={isBusy}
          title={unpassed.join(', ')}
          onClick={() => mutate(rerunRequest(run, unpassed))}
        >
          Only what did not pass
        </Button>
      )}
    </>
  )
}
