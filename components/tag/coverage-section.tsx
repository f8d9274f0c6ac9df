'use client'

import { useMemo, useState } from 'react'
import { Section } from '#components/ui/section.tsx'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { coverageModel } from './coverage-model.ts'
import { CoverageRibbon } from './coverage-ribbon.tsx'
import { LossNotes } from './loss-notes.tsx'

interface CoverageSectionProps {
  readonly repository: string
  readonly summary: TagsSummaryDto
}

/** Which platforms each release has, as a picture and in sentences. One release alone is no history: nothing is drawn. */
export function CoverageSection({ repository, summary }: CoverageSectionProps) {
  const model = useMemo(() => coverageModel(summary), [summary])
  const [pointed, setPointed] = useState<string>()
  if (model.columns.length < 2) return null
  return (
    <Section
      title="Coverage by release, oldest to newest"
      aside={
        <span aria-hidden="true" className="mono text-muted max-sm:hidden">
          {pointed}
        </span>
      }
    >
      <CoverageRibbon repository={repository} model={model} onPoint={setPointed} />
      <LossNotes
        repository={repository}
        losses={summary.losses}
        isComplete={summary.listing === 'complete' && summary.failed === 0}
      />
    </Section>
  )
}
