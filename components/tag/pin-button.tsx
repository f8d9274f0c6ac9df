'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Pin } from 'lucide-react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/cn.ts'
import { repositoriesOptions, updateRepositoryOptions } from '#lib/client/repository-queries.ts'

/** Pins a repository to the home page, or takes it off. */
export function PinButton({ repository }: { repository: string }) {
  const { data } = useQuery(repositoriesOptions)
  const update = useMutation(updateRepositoryOptions)
  const isPinned =
    data?.repositories.some((entry) => entry.repository === repository && entry.pinned) ?? false
  return (
    <div className="flex shrink-0 items-center gap-3">
      {update.isError && (
        <span role="alert" className="text-fail">
          Not saved: {update.error.message}
        </span>
      )}
      <Button
        aria-label={isPinned ? 'Pinned to the home page. Unpin' : 'Pin to the home page'}
        onClick={() => {
          update.mutate({ repository, pinned: !isPinned })
          announce(isPinned ? 'Unpinned' : 'Pinned')
        }}
      >
        <Pin aria-hidden="true" className={cn('size-3.5', isPinned && 'fill-current text-accent')} />
        <span className="max-sm:hidden">{isPinned ? 'Pinned' : 'Pin'}</span>
      </Button>
    </div>
  )
}
