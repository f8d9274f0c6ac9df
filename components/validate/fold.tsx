'use client'

import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { cn } from '#components/ui/cn.ts'

interface FoldProps {
  readonly title: string
  /** What is inside, in few words. */
  readonly told: ReactNode
  /** Something inside is wrong: it cannot be closed over that. */
  readonly isWrong?: boolean
  /** Within another part, instead of beside it. */
  readonly isInner?: boolean
  readonly children: ReactNode
}

/** A part of the form that is rarely needed: folded until asked for. */
export function Fold({ title, told, isWrong = false, isInner = false, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      className={cn(!isInner && 'card mt-3')}
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary
        className={cn(
          'flex items-center gap-2 rounded-card font-[550] [&::-webkit-details-marker]:hidden',
          !isInner && 'px-[18px] py-2.5 hover:bg-sunken/60 max-sm:px-3.5',
        )}
      >
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 text-muted transition-transform [details[open]>summary>&]:rotate-90"
        />
        <span className="shrink-0">{title}</span>
        <span className="ml-auto truncate font-normal text-muted text-note">{told}</span>
      </summary>
      <div
        className={cn('grid gap-4', isInner ? 'pt-4' : 'border-line border-t px-[18px] py-4 max-sm:px-3.5')}
      >
        {children}
      </div>
    </details>
  )
}
