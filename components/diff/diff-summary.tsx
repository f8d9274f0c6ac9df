import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { type Tone, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { DiffResponse, HighlightDto } from '#lib/api/diff.ts'
import { type DiffState, diffConclusion, HIGHLIGHT_PLACE } from './diff-conclusion.ts'

const LOOKS = {
  pass: { edge: 'border-l-pass', text: 'text-pass', icon: 'pass' },
  fail: { edge: 'border-l-fail', text: 'text-fail', icon: 'fail' },
  warn: { edge: 'border-l-warn', text: 'text-warn', icon: 'warn' },
  neutral: { edge: 'border-l-line-strong', text: 'text-muted', icon: 'info' },
} as const satisfies Record<string, { edge: string; text: string; icon: Tone }>

const SEVERITIES = {
  error: { tone: 'fail', word: 'Error' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
} as const satisfies Record<HighlightDto['severity'], { tone: Tone; word: string }>

/** What a person reads in five seconds: the conclusion, then what to look at, heaviest first. */
export function DiffSummary({ diff, state }: { diff: DiffResponse; state: DiffState }) {
  const { tone, lead, text } = diffConclusion(diff, state)
  const look = LOOKS[tone]
  return (
    <div className={cn('card mt-3 overflow-hidden border-l-[3px]', look.edge)}>
      <div className="flex gap-2.5 px-[18px] py-3.5">
        <ToneIcon tone={look.icon} className={cn('mt-[3px] size-3.5 shrink-0', look.text)} />
        <p className="min-w-0 break-words">
          <strong className="font-[620]">{lead} </strong>
          <ForeignText text={text} maxLength={800} />
        </p>
      </div>
      {diff.summary.highlights.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {diff.summary.highlights.map(({ kind, severity, text: told }) => (
            <li
              key={`${kind} ${told}`}
              className="grid grid-cols-[96px_minmax(0,1fr)_auto] items-baseline gap-x-3 px-[18px] py-2 max-sm:grid-cols-[minmax(0,1fr)_auto]"
            >
              <Mark tone={SEVERITIES[severity].tone}>{SEVERITIES[severity].word}</Mark>
              <span className="min-w-0 break-words max-sm:order-last max-sm:col-span-2">
                <ForeignText text={told} maxLength={600} />
              </span>
              <a href={`#${HIGHLIGHT_PLACE[kind]}`} className="text-accent text-note hover:underline">
                Show<span className="sr-only"> in {HIGHLIGHT_PLACE[kind]}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
