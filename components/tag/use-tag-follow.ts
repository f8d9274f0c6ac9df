'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { TagDto, TagsResponse } from '#lib/api/tags.ts'
import { tagKeys, tagSummaryOptions } from '#lib/client/tag-queries.ts'
import { watchTags } from '#lib/client/watch-tags.ts'
import { patchTags } from './tag-rows-model.ts'

/** How the page follows the resolving of a repository's tags. */
export interface TagFollow {
  readonly phase: 'following' | 'reconnecting' | 'stopped' | 'done' | 'failed'
  readonly problem?: ProblemDto
  /** Stops the background work on the server; rows in view go on resolving. */
  readonly stop: () => void
  readonly resume: () => void
}

/**
 * Follows the server's events while the page is open and puts what they tell into the query cache: rows by name into
 * every window that holds them, the summary as it is. Begins once `isReady`: there is nothing to follow in a repository
 * that cannot be read.
 */
export function useTagFollow(repository: string, isReady: boolean): TagFollow {
  const queryClient = useQueryClient()
  const [run, setRun] = useState(0)
  const [state, setState] = useState<Pick<TagFollow, 'phase' | 'problem'>>({ phase: 'following' })
  const isStopped = state.phase === 'stopped'

  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` starts it anew
  useEffect(() => {
    if (isStopped || !isReady) return
    return watchTags(repository, {
      onRows: (tags) => {
        patchWindows(queryClient, repository, tags)
        setState((was) => (was.phase === 'following' ? was : { phase: 'following' }))
      },
      onSummary: (summary) => queryClient.setQueryData(tagSummaryOptions(repository).queryKey, summary),
      onDone: () => {
        setState({ phase: 'done' })
        // Aliases and listed arch tags are known only now that every tag is.
        void queryClient.invalidateQueries(
          { queryKey: tagKeys.repository(repository) },
          { cancelRefetch: false },
        )
      },
      onProblem: (problem) => setState({ phase: 'failed', problem }),
      onLost: (isOver) => setState({ phase: isOver ? 'stopped' : 'reconnecting' }),
    })
  }, [queryClient, repository, isStopped, isReady, run])

  return {
    ...state,
    stop: () => setState({ phase: 'stopped' }),
    resume: () => {
      setState({ phase: 'following' })
      setRun((number) => number + 1)
    },
  }
}

/** Puts updated rows into every cached window of a repository that holds them. */
export function patchWindows(queryClient: QueryClient, repository: string, tags: readonly TagDto[]): void {
  const updates = new Map(tags.map((tag) => [tag.name, tag]))
  queryClient.setQueriesData<TagsResponse>({ queryKey: tagKeys.windows(repository) }, (page) =>
    patchTags(page, updates),
  )
}
