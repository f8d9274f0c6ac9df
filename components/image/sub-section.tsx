import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'

interface SubSectionProps {
  readonly title: ReactNode
  /** A few quiet words after the title. */
  readonly note?: ReactNode
  /** Sits at the right end of the title's line. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A titled part of a section; no landmark of its own, because a page has many of the same name. */
export function SubSection({ title, note, aside, children, className }: SubSectionProps) {
  return (
    <div className={cn('min-w-0', className)}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <h3 className="font-semibold text-label">{title}</h3>
          {note !== undefined && <span className="text-muted text-note">{note}</span>}
        </div>
        {aside}
      </div>
      {children}
    </div>
  )
}
