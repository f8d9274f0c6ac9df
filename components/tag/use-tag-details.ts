'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { TagDto } from '#lib/api/tags.ts'
import { fetchTagDetails } from '#lib/client/tag-queries.ts'
import { tagsToDetail } from './tag-rows-model.ts'
import { patchWindows } from './use-tag-follow.ts'

/** Rows must stay in view this long before they are asked for: scrolling past costs nothing. */
const SETTLE_MS = 150
/** Small, so that one slow row holds back few others. */
const BATCH = 15

/** Learns the sizes and times of the rows in view, and resolves those that are still pending first. */
export function useTagDetails(repository: string, rowsInView: readonly TagDto[]): void {
  const queryClient = useQueryClient()
  /** Under way or answered, by name and digest: an answer without sizes is an answer as well. */
  const asked = useRef(new Set<string>())
  const left = useRef<AbortController>(undefined)
  const wanted = tagsToDetail(rowsInView).map(identity).join('\n')

  useEffect(() => {
    const controller = new AbortController()
    left.current = controller
    asked.current = new Set()
    return () => controller.abort()
  }, [])

  useEffect(() => {
    const timer = setTimeout(() => {
      const signal = left.current?.signal
      const missing = wanted.split('\n').filter((id) => id !== '' && !asked.current.has(id))
      if (!signal) return
      for (let start = 0; start < missing.length; start += BATCH) {
        const batch = missing.slice(start, start + BATCH)
        for (const id of batch) asked.current.add(id)
        const names = batch.map((id) => id.slice(0, id.indexOf('@')))
        fetchTagDetails(repository, names, signal).then(
          ({ tags }) => {
            for (const tag of tags) asked.current.add(identity(tag))
            patchWindows(queryClient, repository, tags)
          },
          // The cells stay empty; they are asked for again when the view changes.
          () => batch.forEach((id) => void asked.current.delete(id)),
        )
      }
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [wanted, queryClient, repository])
}

/** A tag's name cannot hold `@`. */
function identity(tag: TagDto): string {
  return `${tag.name}@${tag.digest ?? tag.state}`
}
