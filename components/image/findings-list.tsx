import { Section } from '#components/ui/section.tsx'
import type { FindingDto } from '#lib/api/parts.ts'
import { FindingCards } from './finding-cards.tsx'

/** Id of the part of the page that tells the findings. */
export const FINDINGS_ID = 'findings'

/** What the checks found about an image. */
export function FindingsList({ findings }: { findings: readonly FindingDto[] }) {
  if (findings.length === 0) return null
  return (
    <div id={FINDINGS_ID} className="scroll-mt-16">
      <Section title="Findings">
        <FindingCards findings={findings} />
      </Section>
    </div>
  )
}
