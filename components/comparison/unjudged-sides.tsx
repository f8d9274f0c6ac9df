import { UnjudgedList } from '#components/report/unjudged-list.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { unjudgedOf } from '#lib/report/unjudged-of.ts'

/** What either report says that nobody looked at: there, nothing can have got better or worse. */
export function UnjudgedSides({ from, to }: { from: ReportDto; to: ReportDto }) {
  const sides = [
    { title: 'before', unjudged: unjudgedOf(from) },
    { title: 'after', unjudged: unjudgedOf(to) },
  ].filter(({ unjudged }) => unjudged.length > 0)
  if (sides.length === 0) return null
  return (
    <Section title="Not looked at">
      <div className="grid gap-3">
        {sides.map(({ title, unjudged }) => (
          <div key={title} className="card px-3.5 py-3">
            <h3 className="mb-1 font-[580] text-note">In the report {title}</h3>
            <UnjudgedList unjudged={unjudged} />
          </div>
        ))}
      </div>
    </Section>
  )
}
