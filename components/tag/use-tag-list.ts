'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { TagDto } from '#lib/api/tags.ts'
import { problemOf } from '#lib/client/problem-error.ts'
import { TAG_WINDOW, type TagList } from '#lib/client/tag-list.ts'
import { tagWindowOptions } from '#lib/client/tag-queries.ts'

/** The head of a list: how many rows it has, whether they are the ones asked for. */
export interface TagListHead {
  /** The list whose rows are shown: the one asked for, or the one before while that loads. */
  readonly list: TagList
  /** Rows over all windows; undefined before the first answer. */
  readonly matching: number | undefined
  readonly isSwitching: boolean
  readonly problem: ProblemDto | undefined
  readonly retry: () => void
}

/**
 * Keeps the rows of the list before on screen until the first window of the new one is there. With `initialProblem`,
 * which the server met with the first list, nothing is asked for until somebody tries again or wants another list.
 */
export function useTagListHead(requested: TagList, initialProblem: ProblemDto | undefined): TagListHead {
  const [list, setList] = useState(requested)
  const [refused, setRefused] = useState(initialProblem ? requested : undefined)
  const isRefused = requested === refused
  const next = useQuery({ ...tagWindowOptions(requested, 0), enabled: !isRefused })
  const shown = useQuery({ ...tagWindowOptions(list, 0), enabled: list !== refused })
  if (next.data && list !== requested) setList(requested)
  const problem = isRefused ? initialProblem : next.error && !next.data ? problemOf(next.error) : undefined
  return {
    list,
    matching: shown.data?.matching,
    isSwitching: list !== requested && !problem,
    problem,
    retry: () => (isRefused ? setRefused(undefined) : void next.refetch()),
  }
}

/** The rows of a list around the given positions: fetched by windows, `undefined` while one is on its way. */
export function useTagRows(
  list: TagList,
  positions: readonly number[],
): (position: number) => TagDto | undefined {
  const windows = [...new Set(positions.map((position) => Math.floor(position / TAG_WINDOW)))]
  const answers = useQueries({ queries: windows.map((window) => tagWindowOptions(list, window)) })
  const tagsByWindow = new Map(windows.map((window, at) => [window, answers[at]?.data?.tags]))
  return (position) => tagsByWindow.get(Math.floor(position / TAG_WINDOW))?.[position % TAG_WINDOW]
}
