import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { plural } from '#components/ui/plural.ts'
import type { Tone } from '#components/ui/tone-icon.tsx'
import type { FindingDto } from '#lib/api/parts.ts'
import { CHECK_INFO, type CheckCode, type CheckInfo } from '#lib/checks/info.ts'
import { type FindingGroup, findingGroups } from './finding-groups.ts'
import { ForeignText } from './foreign-text.tsx'

const SEVERITY: Readonly<Record<FindingDto['severity'], { tone: Tone; word: string }>> = {
  error: { tone: 'fail', word: 'Error' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Info' },
}

interface FindingCardsProps {
  readonly findings: readonly FindingDto[]
  /** Shows the data behind each text, too. */
  readonly withEvidence?: boolean
}

/** Findings, errors first; each opens to why it matters and what to do. */
export function FindingCards({ findings, withEvidence = false }: FindingCardsProps) {
  return (
    <ul className="card divide-y divide-line overflow-hidden">
      {findingGroups(findings).map((group) => (
        <li key={`${group.code} ${group.title}`}>
          <Group group={group} withEvidence={withEvidence} />
        </li>
      ))}
    </ul>
  )
}

const GRID =
  'grid min-w-0 flex-1 grid-cols-[88px_minmax(0,1fr)_auto] gap-x-4 gap-y-1 max-sm:grid-cols-[1fr_auto]'

function Group({ group, withEvidence }: { group: FindingGroup; withEvidence: boolean }) {
  const { severity, code } = group
  const info = infoOf(code)
  const summary = (
    <span className={GRID}>
      <Mark tone={SEVERITY[severity].tone} className="self-start max-sm:col-start-1 max-sm:row-start-1">
        {SEVERITY[severity].word}
      </Mark>
      <Told group={group} />
      <span className="mono leading-[1.7] text-muted max-sm:col-start-2 max-sm:row-start-1">{code}</span>
    </span>
  )
  if (!info) return <div className="flex px-3.5 py-2.5">{summary}</div>
  return (
    <details className="group/finding">
      <summary className="flex items-start gap-2 px-3.5 py-2.5 -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        {summary}
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-3.5 shrink-0 text-muted transition-transform group-open/finding:rotate-90 print:hidden"
        />
      </summary>
      <div className="mt-1 mr-8 mb-4 ml-[118px] grid max-w-[72ch] gap-2.5 max-sm:mx-3.5">
        <Advice title="Why it matters" text={info.why} />
        <Advice title="What to do" text={info.fix} />
        {withEvidence && <Evidence findings={group.findings} />}
        <p className="text-muted text-note">
          More in <code className="mono">docs/checks/{code}.md</code> of Archway’s source.
        </p>
      </div>
    </details>
  )
}

const MAX_SHOWN = 20

function Told({ group: { title, findings } }: { group: FindingGroup }) {
  return (
    <span className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
      <span className="font-[580]">{title}</span>
      {findings.slice(0, MAX_SHOWN).map(({ platform, message }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their place
        <span key={at} className={cn('block break-words text-muted text-note', at === 0 && 'mt-px')}>
          {platform !== undefined && (
            <>
              <ForeignText text={platform} maxLength={200} className="mono text-ink" /> ·{' '}
            </>
          )}
          <ForeignText text={message} maxLength={1_000} />
        </span>
      ))}
      {findings.length > MAX_SHOWN && (
        <span className="block text-muted text-note">
          and {plural(findings.length - MAX_SHOWN, 'more', 'more')}; the API has them all
        </span>
      )}
    </span>
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

/** The data that the text is made of. */
function Evidence({ findings }: { findings: readonly FindingDto[] }) {
  return (
    <div className="min-w-0">
      <h4 className="font-[580] text-note">Evidence</h4>
      {findings.slice(0, MAX_SHOWN).map(({ evidence }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their place
        <dl key={at} className="mono grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-muted">
          {Object.entries(evidence).map(([name, value]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd className="break-all">
                <ForeignText
                  text={typeof value === 'string' ? value : JSON.stringify(value)}
                  maxLength={1_000}
                />
              </dd>
            </Fragment>
          ))}
        </dl>
      ))}
    </div>
  )
}

function infoOf(code: string): CheckInfo | undefined {
  return Object.hasOwn(CHECK_INFO, code) ? CHECK_INFO[code as CheckCode] : undefined
}
