import { ForeignText } from '#components/image/foreign-text.tsx'
import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import { cn } from '#components/ui/cn.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import { jobAnchor } from './job-anchor.ts'
import { adviceOf } from './what-to-do-model.ts'

/** More are below. */
const SHOWN_MAX = 4

/** What is wrong, whose fault it is and what to do: what whoever has to decide looks for first. */
export function WhatToDo({ jobs, findings }: Pick<ReportDto, 'jobs' | 'findings'>) {
  const advice = adviceOf({ jobs, findings })
  if (advice.length === 0) return null
  return (
    <ul aria-label="What to do" className="mt-5 grid gap-2.5">
      {advice.slice(0, SHOWN_MAX).map(({ verdict, platforms, what, fault, fix }) => (
        <li
          key={`${platforms.join()} ${what}`}
          className={cn(
            'card border-l-[3px] px-[18px] py-3.5 print:break-inside-avoid print:py-2',
            verdict === 'failed' ? 'border-l-fail' : 'border-l-warn',
          )}
        >
          <p className="flex flex-wrap items-baseline gap-x-2.5 break-words">
            <strong className="font-[620]">
              {platforms.length === 0
                ? 'The whole image'
                : platforms.map((platform, at) => (
                    <span key={platform}>
                      {at > 0 && ', '}
                      <a href={`#${jobAnchor(platform)}`} className="mono hover:underline">
                        {platform}
                      </a>
                    </span>
                  ))}{' '}
              <span className="sr-only">{VERDICT_LOOKS[verdict].word}</span>
            </strong>
            <ForeignText text={what} maxLength={600} className="min-w-0" />
          </p>
          <dl className="mt-1.5 grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-0.5">
            {fault !== undefined && (
              <>
                <dt className="text-muted">At fault</dt>
                <dd className="break-words">{fault}</dd>
              </>
            )}
            <dt className="text-muted">What to do</dt>
            <dd className="max-w-[90ch] break-words">{fix}</dd>
          </dl>
        </li>
      ))}
      {advice.length > SHOWN_MAX && (
        <li className="text-muted text-note">
          and {advice.length - SHOWN_MAX} more, platform by platform below
        </li>
      )}
    </ul>
  )
}
