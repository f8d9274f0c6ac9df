import { Mark } from '#components/ui/mark.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { checkedOf } from '#lib/report/unjudged-of.ts'
import { UnjudgedList } from './unjudged-list.tsx'

/** Which checks looked into the layers, and what of the whole image they could not judge. Silence is no proof. */
export function LookedAt({ report }: { report: ReportDto }) {
  const { jobs, unjudged = [] } = report
  if (jobs.length === 0) return null
  const looked = checkedOf(report)
  return (
    <Section title="What was looked at">
      <div className="card grid gap-2.5 px-3.5 py-3">
        <p className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-[minmax(0,1fr)]">
          {looked.length === 0 ? <Mark tone="skip">Layers not</Mark> : <Mark tone="info">Layers</Mark>}
          <span className="min-w-0 break-words">
            {looked.length === 0 ? (
              'No check looked into the layers: nothing is known of files that do not execute at the start.'
            ) : (
              <>
                Files of every layer, by {looked.length} checks{' '}
                <span className="mono block text-muted">{looked.join(', ')}</span>
              </>
            )}
          </span>
        </p>
        {unjudged.length > 0 && <UnjudgedList unjudged={unjudged} />}
      </div>
    </Section>
  )
}
