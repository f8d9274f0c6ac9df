import { ForeignText } from '#components/image/foreign-text.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { FindingDto } from '#lib/api/parts.ts'

const SEVERITY: Readonly<Record<FindingDto['severity'], { tone: Tone; word: string }>> = {
  error: { tone: 'fail', word: 'Error' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Info' },
}

/** Findings of a lane, one line each. */
export function FindingLines({ findings }: { findings: readonly FindingDto[] }) {
  if (findings.length === 0) return null
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {findings.map(({ code, severity, title, message }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their place
        <li key={at} className="flex flex-wrap items-baseline gap-x-2.5">
          <Mark tone={SEVERITY[severity].tone}>{SEVERITY[severity].word}</Mark>
          <span className="wrap-anywhere min-w-0 flex-1 basis-60">
            <span className="font-[550]">{title}</span>{' '}
            <ForeignText text={message} maxLength={600} className="text-muted" />
          </span>
          <span className="mono text-muted">{code}</span>
        </li>
      ))}
    </ul>
  )
}
