import { ArrowRight } from 'lucide-react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { PrintButton } from '#components/report/print-button.tsx'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { cn } from '#components/ui/cn.ts'
import { TONE_SOFT, TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ComparisonResponse } from '#lib/api/report-comparison.ts'
import { CHANGE_LOOKS } from './change-look.ts'

type Side = ComparisonResponse['from']

/** The verdicts of both, and in one sentence what became of the one on the way to the other. */
export function ComparisonVerdict({ comparison }: { comparison: ComparisonResponse }) {
  const { from, to, outcome, headline } = comparison
  const { tone, lead } = CHANGE_LOOKS[outcome]
  const references = [...new Set([from, to].map(({ reference }) => reference.replace(/@[^@]*$/, '')))]
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 flex-1 basis-[34rem] max-sm:basis-full">
        <p className="mono text-muted">
          <span className="font-sans">Two reports of </span>
          {references.map((reference, at) => (
            <span key={reference}>
              {at > 0 && <span className="font-sans"> and </span>}
              <ReferenceTitle reference={reference} />
            </span>
          ))}
        </p>
        <h1 className="mt-2.5">
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
            <Verdict verdict={from.verdict} isQuiet />
            <ArrowRight aria-label="then" className="size-5 shrink-0 text-muted" />
            <Verdict verdict={to.verdict} />
          </span>
          <span className="mt-2 block max-w-[70ch] font-[480] text-lead leading-[1.5]">
            <strong className={cn('font-[620]', TONE_TEXT[tone])}>{lead}</strong>{' '}
            <ForeignText text={headline} maxLength={1_000} className="break-words" />
          </span>
        </h1>
      </div>
      <PrintButton />
    </div>
  )
}

function Verdict({ verdict, isQuiet = false }: { verdict: Side['verdict']; isQuiet?: boolean }) {
  const { tone, word } = verdict ? VERDICT_LOOKS[verdict] : ({ tone: 'skip', word: 'Cancelled' } as const)
  return (
    <span className="flex items-center gap-2.5">
      <span
        className={cn(
          'grid shrink-0 place-items-center rounded-full',
          isQuiet ? 'size-7' : 'size-9 max-sm:size-8',
          TONE_SOFT[tone],
          TONE_TEXT[tone],
        )}
      >
        <ToneIcon tone={tone} className={isQuiet ? 'size-4' : 'size-5'} />
      </span>
      <span
        className={cn(
          'font-[650] tracking-[-0.02em]',
          isQuiet ? 'text-title' : 'text-display',
          TONE_TEXT[tone],
        )}
      >
        {word}
      </span>
    </span>
  )
}
