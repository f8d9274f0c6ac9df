'use client'

import { Play } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { ProblemDto } from '#lib/api/parts.ts'

interface StartPanelProps {
  readonly count: number
  /** `At most 4 pulls from docker.io, 68.0 MB compressed.` */
  readonly cost: string
  readonly warning: string | undefined
  /** Run by other machines. */
  readonly awaited: readonly string[]
  /** Chosen, though nothing here can run them. */
  readonly willSkip: readonly string[]
  readonly leftOut: readonly string[]
  /** Why it cannot be started. */
  readonly obstacle: string | undefined
  readonly isStarting: boolean
  readonly problem: ProblemDto | undefined
}

/** What it will cost, what will not be run, and the button. */
export function StartPanel(props: StartPanelProps) {
  const { count, cost, warning, awaited, willSkip, leftOut, obstacle, isStarting, problem } = props
  return (
    <div className="grid gap-3">
      <div className="card grid gap-3 px-[18px] py-4 max-sm:px-3.5">
        <p className="text-balance">
          <span className="font-[620]">{plural(count, 'platform')}</span>
          <span className="block text-muted">{cost}</span>
        </p>
        {warning !== undefined && (
          <p className="text-note">
            <Mark tone="warn" className="mr-1.5">
              Limit
            </Mark>
            {warning}
          </p>
        )}
        {willSkip.length > 0 && (
          <p className="text-note">
            <Mark tone="skip" className="mr-1.5">
              Skipped
            </Mark>
            Nothing here can run <span className="mono">{willSkip.join(', ')}</span>: the verdict will not be
            “passed”.
          </p>
        )}
        {awaited.length > 0 && (
          <p className="text-note">
            <Mark tone="info" className="mr-1.5">
              Waits
            </Mark>
            For the results of <span className="mono">{awaited.join(', ')}</span> from another machine.
          </p>
        )}
        {leftOut.length > 0 && (
          <p className="text-muted text-note">
            Left out, and named so in the report: <span className="mono">{leftOut.join(', ')}</span>
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={isStarting || obstacle !== undefined}
          aria-describedby={obstacle === undefined ? undefined : 'start-obstacle'}
        >
          <Play aria-hidden="true" className="size-3.5" />
          {isStarting ? 'Starting…' : 'Start'}
        </Button>
        {obstacle !== undefined && (
          <p id="start-obstacle" role="status" className="text-muted text-note">
            {obstacle}
          </p>
        )}
      </div>
      {problem && (
        <ProblemPanel
          problem={problem}
          retry={
            problem.code.startsWith('engine') ? (
              <Link href="/engines" className="text-accent hover:underline">
                Engines
              </Link>
            ) : undefined
          }
        />
      )}
    </div>
  )
}
