import type { ReactNode } from 'react'
import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

interface DiffPartProps {
  /** Fragment of the address that leads here. */
  readonly id: string
  readonly title: string
  /** A few words on what is the same and what is not. */
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** One part of a comparison, which a link can lead to. */
export function DiffPart({ id, title, note, children }: DiffPartProps) {
  return (
    <div id={id} className="scroll-mt-16">
      <Section
        title={title}
        aside={note !== undefined && <span className="text-muted text-note">{note}</span>}
      >
        {children}
      </Section>
    </div>
  )
}

/** Said in a part that found no difference. */
export function NoDifference({ children }: { children: ReactNode }) {
  return <p className="card px-3.5 py-3 text-muted">{children}</p>
}

/** Stands where a part of the layers' content will be. */
export function PartPending() {
  return (
    <div aria-busy="true" className="card grid gap-3 px-3.5 py-3.5">
      <Skeleton className="h-3 w-2/3" />
      <Skeleton className="h-3 w-1/2" />
    </div>
  )
}
