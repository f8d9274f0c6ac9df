'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { cn } from '#components/ui/cn.ts'
import { TimeAgo } from '#components/ui/time-ago.tsx'

interface CheckAgainProps {
  /** When the registry last said that the reference is this digest. */
  readonly checkedAt: string
  /** By digest nothing can have moved; what is attached to it can. */
  readonly isPinned: boolean
}

/** How old the answer is, and a way to ask again that keeps the page while it waits. */
export function CheckAgain({ checkedAt, isPinned }: CheckAgainProps) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  return (
    <p className="flex items-center gap-1.5 text-muted text-note">
      <span>
        {isPinned ? 'by digest, read ' : 'tag checked '}
        <TimeAgo at={checkedAt} />
      </span>
      <span aria-hidden="true">·</span>
      <button
        type="button"
        disabled={isPending}
        onClick={() => startTransition(() => router.refresh())}
        className="hit inline-flex items-center gap-1 rounded-mark transition-colors hover:text-ink disabled:opacity-60"
      >
        <RotateCw aria-hidden="true" className={cn('size-3', isPending && 'animate-spin')} />
        {isPending ? 'Asking…' : 'Ask again'}
      </button>
    </p>
  )
}
