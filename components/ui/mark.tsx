import type { ReactNode } from 'react'
import { cn } from './cn.ts'
import { TONE_TEXT, type Tone, ToneIcon } from './tone-icon.tsx'

interface MarkProps {
  readonly tone: Tone
  /** The word: a tone never stands alone. */
  readonly children: ReactNode
  readonly className?: string
}

/** A verdict or state: its icon, its word and its colour together. */
export function Mark({ tone, children, className }: MarkProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 font-[550] whitespace-nowrap',
        TONE_TEXT[tone],
        className,
      )}
    >
      <ToneIcon tone={tone} className="size-3.5 shrink-0" />
      <span>{children}</span>
    </span>
  )
}
