import { ForeignText } from '#components/image/foreign-text.tsx'
import { SubSection } from '#components/image/sub-section.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { ReportJobDto } from '#lib/api/reports.ts'

/** Findings that somebody has decided to live with for a time, each with the reason. They count for nothing. */
export function AcceptedList({ accepted }: { accepted: NonNullable<ReportJobDto['accepted']> }) {
  return (
    <SubSection title="Accepted by the policy" note="found, and counting for nothing">
      <ul className="grid gap-1.5">
        {accepted.map(({ code, platform = '', title, message, reason, expires }) => (
          <li key={`${code} ${platform} ${message}`} className="flex flex-wrap items-baseline gap-x-2.5">
            <Mark tone="skip">Accepted</Mark>
            <span className="min-w-0 flex-1 basis-60">
              <span className="font-[550]">{title}</span>{' '}
              <ForeignText text={message} maxLength={600} className="break-words text-muted" />
              <span className="block text-muted text-note">
                “<ForeignText text={reason} maxLength={300} />
                ”, until {expires}
              </span>
            </span>
            <span className="mono text-muted">{code}</span>
          </li>
        ))}
      </ul>
    </SubSection>
  )
}
