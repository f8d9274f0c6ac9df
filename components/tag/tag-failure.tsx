'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { fetchTagDetails } from '#lib/client/tag-queries.ts'
import { patchWindows } from './use-tag-follow.ts'

interface TagFailureProps {
  readonly repository: string
  readonly tag: string
  readonly problem: ProblemDto | undefined
  readonly isTabStop: boolean
}

/** Why a row could not be read, in its place, with a button that tries again. */
export function TagFailure({ repository, tag, problem, isTabStop }: TagFailureProps) {
  const queryClient = useQueryClient()
  const retry = useMutation({
    mutationFn: () => fetchTagDetails(repository, [tag]),
    onSuccess: ({ tags }) => patchWindows(queryClient, repository, tags),
  })
  const shown = retry.error ? problemOf(retry.error) : problem
  const text = shown ? `${shown.title}. ${shown.detail}` : 'It could not be read.'
  return (
    <span className="flex min-w-0 items-center gap-2.5 text-note" title={`${text} ${shown?.hint ?? ''}`}>
      <Mark tone="fail" className="shrink-0">
        Failed
      </Mark>
      <span className="line-clamp-2 min-w-0 break-words text-muted sm:line-clamp-1">{text}</span>
      <Button
        size="small"
        aria-label={`Try again: ${tag}`}
        disabled={retry.isPending}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => retry.mutate()}
      >
        {retry.isPending ? 'Trying…' : 'Try again'}
      </Button>
    </span>
  )
}
