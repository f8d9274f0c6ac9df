import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { type Tone, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import { type MatrixProgress, matrixConclusion } from './matrix-conclusion.ts'

const LOOKS = {
  pass: { edge: 'border-l-pass', text: 'text-pass', icon: 'pass' },
  fail: { edge: 'border-l-fail', text: 'text-fail', icon: 'fail' },
  warn: { edge: 'border-l-warn', text: 'text-warn', icon: 'warn' },
  neutral: { edge: 'border-l-line-strong', text: 'text-muted', icon: 'info' },
} as const satisfies Record<string, { edge: string; text: string; icon: Tone }>

/** What a person reads in five seconds. */
export function MatrixSummary({ matrix, progress }: { matrix: MatrixResponse; progress: MatrixProgress }) {
  const { tone, lead } = matrixConclusion(matrix, progress)
  const look = LOOKS[tone]
  return (
    <div className={cn('card mt-3 flex gap-2.5 border-l-[3px] px-[18px] py-3.5', look.edge)}>
      <ToneIcon tone={look.icon} className={cn('mt-[3px] size-3.5 shrink-0', look.text)} />
      <p role="status" className="min-w-0 break-words">
        <strong className="font-[620]">{lead} </strong>
        <ForeignText text={matrix.summary.text} maxLength={1_200} />
      </p>
    </div>
  )
}
