import { ChevronRight } from 'lucide-react'
import { Mark } from '#components/ui/mark.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { FindingDto } from '#lib/api/common.ts'
import { CHECK_INFO, type CheckCode, type CheckInfo } from '#lib/checks/info.ts'
import { ForeignText } from './foreign-text.tsx'

const SEVERITY: Readonly<Record<FindingDto['severity'], { tone: Tone; word: string; rank: number }>> = {
  error: { tone: 'fail', word: 'Error', rank: 0 },
  warning: { tone: 'warn', word: 'Warning', rank: 1 },
  info: { tone: 'info', word: 'Info', rank: 2 },
}

/** What the checks found, errors first; each opens to why it matters and what to do. */
export function FindingsList({ findings }: { findings: readonly FindingDto[] }) {
  if (findings.length === 0) return null
  const sorted = [...findings].sort((a, b) => SEVERITY[a.severity].rank - SEVERITY[b.severity].rank)
  return (
    <Section title="Findings">
      <ul className="card divide-y divide-line">
        {sorted.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their place
          <li key={at}>
            <Finding finding={finding} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Finding({ finding }: { finding: FindingDto }) {
  const { severity, title, message, platform, code } = finding
  const info = infoOf(code)
  const summary = (
    <>
      <Mark tone={SEVERITY[severity].tone} className="col-start-1 self-start">
        {SEVERITY[severity].word}
      </Mark>
      <span className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
        <span className="font-[580]">{title}</span>
        <span className="mt-px block break-words text-muted text-note">
          {platform !== undefined && (
            <>
              <ForeignText text={platform} maxLength={200} className="mono" /> ·{' '}
            </>
          )}
          <ForeignText text={message} maxLength={1_000} />
        </span>
      </span>
      <span className="mono text-muted max-sm:row-start-1 max-sm:justify-self-end">{code}</span>
    </>
  )
  const grid = 'grid grid-cols-[96px_minmax(0,1fr)_auto] gap-x-4 gap-y-1 max-sm:grid-cols-[1fr_auto]'
  if (!info) return <div className={`${grid} px-3.5 py-2.5`}>{summary}</div>
  return (
    <details className="group/finding">
      <summary className="flex items-start gap-2 px-3.5 py-2.5 -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        <span className={`${grid} min-w-0 flex-1`}>{summary}</span>
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-3.5 shrink-0 text-muted transition-transform group-open/finding:rotate-90"
        />
      </summary>
      <div className="mr-8 mb-4 ml-[126px] grid max-w-[68ch] gap-2.5 max-sm:mx-3.5">
        <Advice title="Why it matters" text={info.why} />
        <Advice title="What to do" text={info.fix} />
        <p className="text-muted text-note">
          More in <code className="mono">docs/checks/{code}.md</code> of Archway.
        </p>
      </div>
    </details>
  )
}

function Advice({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <h3 className="font-[580] text-note">{title}</h3>
      <p className="text-muted">{text}</p>
    </div>
  )
}

function infoOf(code: string): CheckInfo | undefined {
  return Object.hasOwn(CHECK_INFO, code) ? CHECK_INFO[code as CheckCode] : undefined
}
