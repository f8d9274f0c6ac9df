import { ForeignText } from '#components/image/foreign-text.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { platformsText } from './platforms-text.ts'

/** What checks could not look at: which, where, and why. Never green. */
export function UnjudgedList({ unjudged }: { unjudged: NonNullable<ReportDto['unjudged']> }) {
  return (
    <ul className="grid gap-1.5">
      {unjudged.map(({ codes, platforms, message }) => (
        <li
          key={`${codes.join()} ${platforms.join()} ${message}`}
          className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-[minmax(0,1fr)] print:break-inside-avoid"
        >
          <Mark tone="skip">Not judged</Mark>
          <span className="min-w-0 break-words">
            {platforms.length > 0 && <span className="mono">{platformsText(platforms)}: </span>}
            <ForeignText text={message} maxLength={600} />
            <span className="mono block text-muted">{codes.join(', ')}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
