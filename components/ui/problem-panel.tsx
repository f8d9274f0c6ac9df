import type { ReactNode } from 'react'
import type { ProblemDto } from '#lib/api/parts.ts'
import { cn } from './cn.ts'

interface ProblemPanelProps {
  readonly problem: ProblemDto
  /** A button or link that tries again. */
  readonly retry?: ReactNode
  /** `warn` where the page still answers most of what was asked. */
  readonly tone?: 'fail' | 'warn'
  readonly className?: string
}

/** What happened, what to do next, and the code to search for. */
export function ProblemPanel({ problem, retry, tone = 'fail', className }: ProblemPanelProps) {
  return (
    <div
      role="alert"
      className={cn(
        'card border-l-[3px] px-[18px] py-3.5',
        tone === 'fail' ? 'border-l-fail' : 'border-l-warn',
        className,
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <p className="font-[620]">{problem.title}</p>
          <p className="mt-0.5 break-words">{problem.detail}</p>
          {problem.hint !== undefined && <p className="mt-1.5 break-words text-muted">{problem.hint}</p>}
          {problem.retryAfterMs !== undefined && (
            <p className="mt-1.5 text-muted">Try again in {Math.ceil(problem.retryAfterMs / 1_000)} s.</p>
          )}
        </div>
        {retry !== undefined && <div className="shrink-0">{retry}</div>}
      </div>
      <p className="mono mt-2 text-muted">{problem.code}</p>
    </div>
  )
}
