import { type ReactNode, useId } from 'react'
import { cn } from './cn.ts'

interface SectionProps {
  readonly title: ReactNode
  /** Sits at the right end of the title's line. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Leaves out the space above, for a section that begins a column. */
  readonly flush?: boolean
  readonly className?: string
}

/** A titled part of a page; the title names it for screen readers. */
export function Section({ title, aside, children, flush = false, className }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cn(!flush && 'mt-8', className)}>
      <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-label font-semibold text-muted">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
