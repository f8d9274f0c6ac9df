'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ShareDto } from '#lib/api/reports.ts'

interface ShareLinkProps {
  readonly share: ShareDto
  readonly isRevoking: boolean
  readonly onRevoke: () => void
}

/** A link that works: to copy, its age, and a way to end it that says what ending does not undo. */
export function ShareLink({ share, isRevoking, onRevoke }: ShareLinkProps) {
  const [isAsking, setAsking] = useState(false)
  const url = new URL(share.path, window.location.origin).href
  return (
    <div className="rounded-control border border-line px-3 py-2">
      <div className="flex items-center gap-2">
        <a
          href={share.path}
          target="_blank"
          rel="noopener"
          title={url}
          className="mono min-w-0 flex-1 truncate text-accent hover:underline"
        >
          {url}
        </a>
        <CopyButton text={url} label="Copy the link" />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 text-note">
        <span className="text-muted">
          made <TimeAgo at={share.createdAt} />
        </span>
        {!isAsking && (
          <Button variant="ghost" size="small" onClick={() => setAsking(true)}>
            Revoke
          </Button>
        )}
      </div>
      {isAsking && (
        <div className="mt-1.5 border-line border-t pt-2">
          <p className="text-note">
            Whoever opens it from then on is told that it is gone. What somebody read, saved or printed
            before, they keep. It cannot be brought back.
          </p>
          <div className="mt-2 flex justify-end gap-2">
            <Button size="small" onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button size="small" variant="primary" disabled={isRevoking} onClick={onRevoke}>
              Revoke this link
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
