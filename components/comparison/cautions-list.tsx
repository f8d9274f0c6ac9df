import { ForeignText } from '#components/image/foreign-text.tsx'
import { ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'

/** What differs between the runs beside the image, so that nobody takes a change of the engine for one of the image. */
export function CautionsList({ cautions }: { cautions: ComparisonResponse['cautions'] }) {
  if (cautions.length === 0) return null
  return (
    <section
      aria-label="What else differs"
      className="card mt-3 border-l-[3px] border-l-warn px-[18px] py-3 print:break-inside-avoid"
    >
      <h2 className="font-[580]">Not only the image differs</h2>
      <ul className="mt-1 grid gap-0.5">
        {cautions.map(({ kind, text }) => (
          <li key={kind} className="flex gap-2">
            <ToneIcon tone="warn" className="mt-[3px] size-3.5 shrink-0 text-warn" />
            <ForeignText text={text} maxLength={600} className="min-w-0 break-words" />
          </li>
        ))}
      </ul>
    </section>
  )
}
