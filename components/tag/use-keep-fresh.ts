'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { dependsOnPlatforms, type TagList } from '#lib/client/tag-list.ts'
import { tagKeys } from '#lib/client/tag-queries.ts'

/** The list is asked for again no more often than this while the server learns more. */
const EVERY_MS = 1_000

/**
 * Asks for the windows in view again when what the server learned can change which rows they hold: more names while it
 * lists, and with a filter on platforms every row it resolves.
 */
export function useKeepFresh(list: TagList, summary: TagsSummaryDto | undefined): void {
  const queryClient = useQueryClient()
  const seen = useRef<{ list: TagList; signature: string }>(undefined)
  const lastMs = useRef(Number.NEGATIVE_INFINITY)
  const looked = summary && dependsOnPlatforms(list) ? summary.resolved + summary.failed : ''
  const signature = summary ? `${summary.total} ${looked}` : ''

  useEffect(() => {
    if (signature === '' || seen.current?.signature === signature) return
    if (seen.current?.list !== list) {
      seen.current = { list, signature }
      return
    }
    const timer = setTimeout(
      () => {
        lastMs.current = performance.now()
        seen.current = { list, signature }
        const queryKey = tagKeys.windows(list.repository)
        void queryClient.invalidateQueries({ queryKey }, { cancelRefetch: false })
      },
      Math.max(0, lastMs.current + EVERY_MS - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [signature, list, queryClient])
}
