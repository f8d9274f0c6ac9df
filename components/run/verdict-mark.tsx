import { Mark } from '#components/ui/mark.tsx'
import type { Verdict } from '#lib/report/verdict.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

/** A verdict: icon, word and colour. */
export function VerdictMark({ verdict, className = '' }: { verdict: Verdict; className?: string }) {
  const { tone, word } = VERDICT_LOOKS[verdict]
  return (
    <Mark tone={tone} className={className}>
      {word}
    </Mark>
  )
}
