import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { TONE_TEXT, type Tone, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { RunConclusion } from './run-conclusion.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

const EDGES: Readonly<Record<Tone, string>> = {
  pass: 'border-l-pass',
  fail: 'border-l-fail',
  warn: 'border-l-warn',
  doubt: 'border-l-warn',
  skip: 'border-l-line-strong',
  info: 'border-l-accent',
}

/** What a run that is over amounts to, before anything else. */
export function RunBanner({ conclusion }: { conclusion: RunConclusion }) {
  const { verdict, lead, text, limits } = conclusion
  const tone = verdict === undefined ? 'skip' : VERDICT_LOOKS[verdict].tone
  return (
    <div className={cn('card mt-5 flex gap-2.5 border-l-[3px] px-[18px] py-3.5', EDGES[tone])}>
      <ToneIcon tone={tone} className={cn('mt-[3px] size-3.5 shrink-0', TONE_TEXT[tone])} />
      <p className="min-w-0 break-words">
        <strong className="font-[620]">{lead} </strong>
        <ForeignText text={text} maxLength={800} />
        {limits !== undefined && <span className="text-muted"> {limits}</span>}
      </p>
    </div>
  )
}
