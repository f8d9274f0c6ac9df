'use client'

import { useMutation } from '@tanstack/react-query'
import { Pin, PinOff, X } from 'lucide-react'
import Link from 'next/link'
import { announce } from '#components/ui/announce.ts'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { Button } from '#components/ui/button.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { RepositoryDto } from '#lib/api/repositories.ts'
import { repositoryPath } from '#lib/client/page-paths.ts'
import { updateRepositoryOptions } from '#lib/client/repository-queries.ts'

/** One remembered repository: its link, when it was opened, pin and remove. */
export function RepositoryItem({ entry }: { entry: RepositoryDto }) {
  const { repository, pinned, openedAt } = entry
  const update = useMutation(updateRepositoryOptions)
  const PinIcon = pinned ? PinOff : Pin
  const pinLabel = pinned ? `Unpin ${repository}` : `Pin ${repository}`
  const removeLabel = `Remove ${repository} from this list`
  return (
    <li className="group/item relative flex min-h-11 items-center gap-3 py-1.5 pr-2 pl-[18px] first:rounded-t-card last:rounded-b-card hover:bg-sunken">
      <Link
        href={repositoryPath(repository)}
        prefetch={false}
        className="mono min-w-0 flex-1 font-semibold after:absolute after:inset-0"
      >
        <BreakableName name={repository} />
      </Link>
      {update.isError && (
        <span role="alert" className="text-fail">
          Not saved: {update.error.message}
        </span>
      )}
      {openedAt !== undefined && (
        <TimeAgo at={openedAt} className="shrink-0 text-note text-muted max-sm:hidden" />
      )}
      <span className="relative flex shrink-0 text-muted">
        <Button
          variant="ghost"
          size="icon"
          aria-label={pinLabel}
          title={pinLabel}
          onClick={() => {
            update.mutate({ repository, pinned: !pinned })
            announce(pinned ? `${repository} unpinned` : `${repository} pinned`)
          }}
        >
          <PinIcon aria-hidden="true" className="size-4" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={removeLabel}
          title={removeLabel}
          onClick={() => {
            update.mutate({ repository, remove: true })
            announce(`${repository} removed`)
          }}
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      </span>
    </li>
  )
}
