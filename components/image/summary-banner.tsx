import { Suspense } from 'react'
import { cn } from '#components/ui/cn.ts'
import { type Tone, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { checkedSummary } from './checked-summary.ts'
import { FINDINGS_ID } from './findings-list.tsx'
import { ForeignText } from './foreign-text.tsx'

const LOOKS = {
  pass: { edge: 'border-l-pass', text: 'text-pass', icon: 'pass' },
  fail: { edge: 'border-l-fail', text: 'text-fail', icon: 'fail' },
  warn: { edge: 'border-l-warn', text: 'text-warn', icon: 'warn' },
  doubt: { edge: 'border-l-warn', text: 'text-warn', icon: 'doubt' },
  neutral: { edge: 'border-l-line-strong', text: 'text-muted', icon: 'info' },
} as const satisfies Record<string, { edge: string; text: string; icon: Tone }>

interface SummaryBannerProps {
  readonly image: ImageResponse
  /** The image with the findings that take longer. */
  readonly further: Promise<ImageResponse>
  /** The last run looked at every file. */
  readonly isWhole: boolean
}

/**
 * What may be concluded, before anything else, and again when more is known. Green only when every platform was run and
 * passed, and not before the last check has looked.
 */
export function SummaryBanner({ image, further, isWhole }: SummaryBannerProps) {
  return (
    <Suspense fallback={<Banner image={image} isWhole={isWhole} isPending />}>
      <FurtherBanner further={further} isWhole={isWhole} />
    </Suspense>
  )
}

async function FurtherBanner({ further, isWhole }: Pick<SummaryBannerProps, 'further' | 'isWhole'>) {
  return <Banner image={await further} isWhole={isWhole} />
}

function Banner({
  image,
  isWhole,
  isPending = false,
}: Pick<SummaryBannerProps, 'image' | 'isWhole'> & { isPending?: boolean }) {
  const { tone, lead, text, more, limits } = checkedSummary(image, isWhole)
  const look = LOOKS[isPending && tone === 'pass' ? 'neutral' : tone]
  return (
    <div className={cn('card mt-5 flex gap-2.5 border-l-[3px] px-[18px] py-3.5', look.edge)}>
      <ToneIcon tone={look.icon} className={cn('mt-[3px] size-3.5 shrink-0', look.text)} />
      <p className="min-w-0 break-words">
        {lead !== undefined && <strong className="font-[620]">{lead} </strong>}
        <ForeignText text={text} maxLength={600} />
        {more !== undefined && (
          <>
            {' '}
            <a href={`#${FINDINGS_ID}`} className="text-accent hover:underline">
              {more}
            </a>
          </>
        )}
        {limits !== undefined && <span className="text-muted"> {limits}</span>}
      </p>
    </div>
  )
}
