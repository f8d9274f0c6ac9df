'use client'

import { Check, Copy, X } from 'lucide-react'
import { cn } from './cn.ts'
import { useCopy } from './use-copy.ts'

interface CopyButtonProps {
  /** What goes on the clipboard. */
  readonly text: string
  /** What it is, for people who cannot see the place: “Copy digest of 1.27.0”. */
  readonly label: string
  /** False takes it out of the Tab order. */
  readonly tabStop?: boolean
  readonly className?: string
}

/** An icon that copies `text`, shows a tick for a moment and says “Copied” to screen readers. */
export function CopyButton({ text, label, tabStop = true, className }: CopyButtonProps) {
  const { outcome, copy } = useCopy()
  const Icon = outcome === 'copied' ? Check : outcome === 'refused' ? X : Copy
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={tabStop ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation()
        copy(text)
      }}
      className={cn(
        'scripted hit inline-grid size-6 shrink-0 place-items-center rounded-mark text-muted transition-colors print:hidden',
        'hover:bg-sunken hover:text-ink',
        outcome === 'copied' && 'text-pass hover:text-pass',
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5" />
    </button>
  )
}
