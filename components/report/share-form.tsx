'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { problemOf } from '#lib/client/problem-error.ts'
import { createShare, revokeShare, sharesOptions } from '#lib/client/share-queries.ts'
import { ShareLink } from './share-link.tsx'
import { maskedNote, reachNote } from './share-notes.ts'

interface ShareFormProps {
  readonly reportId: string
  /** Names of the environment whose values are masked behind a link. */
  readonly maskedNames: readonly string[]
}

/** Makes links to a report, lists the ones that work, revokes them. Says what a link shows. */
export function ShareForm({ reportId, maskedNames }: ShareFormProps) {
  const queryClient = useQueryClient()
  const options = sharesOptions(reportId)
  const links = useQuery(options)
  const create = useMutation({
    mutationFn: () => createShare(reportId),
    onSuccess: (answer) => {
      queryClient.setQueryData(options.queryKey, answer)
      announce('The link is made')
    },
  })
  const revoke = useMutation({
    mutationFn: revokeShare,
    onSuccess: (answer) => {
      queryClient.setQueryData(options.queryKey, answer)
      announce('The link is revoked')
    },
  })
  const failure = create.error ?? revoke.error ?? links.error
  const reach = reachNote(window.location)
  return (
    <>
      <p>
        Anyone who has the link can read this report without signing in, until you revoke it. It stays the
        same when the tag moves.
      </p>
      <p className="mt-1.5 text-muted">{maskedNote(maskedNames)}</p>
      {reach !== undefined && <p className="mt-1.5 text-warn">{reach}</p>}
      {failure !== null && <ProblemPanel problem={problemOf(failure)} className="mt-3" />}
      <div className="mt-4">
        {links.isPending && <Skeleton className="h-9 w-full" />}
        {links.data && links.data.shares.length > 0 && (
          <ul aria-label="Links that work" className="mb-3.5 grid grid-cols-[minmax(0,1fr)] gap-2">
            {links.data.shares.map((share) => (
              <li key={share.token}>
                <ShareLink
                  share={share}
                  isRevoking={revoke.isPending && revoke.variables === share.token}
                  onRevoke={() => revoke.mutate(share.token)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="flex justify-end">
        <Button
          variant={links.data?.shares.length ? 'secondary' : 'primary'}
          disabled={create.isPending || links.isPending}
          onClick={() => create.mutate()}
        >
          {create.isPending
            ? 'Making a link'
            : links.data?.shares.length
              ? 'Make another link'
              : 'Make a link'}
        </Button>
      </div>
    </>
  )
}
