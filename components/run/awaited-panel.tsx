'use client'

import { useSyncExternalStore } from 'react'
import { CodeBlock } from '#components/engine/code-block.tsx'
import { fullTime } from '#components/ui/relative-time.ts'
import { Section } from '#components/ui/section.tsx'
import { shellQuote } from '#components/ui/shell-quote.ts'
import type { RunDto } from '#lib/api/runs.ts'
import { submitCommand } from './submit-command.ts'

/** What to do on another machine so that a run which waits goes on; nothing where none does. */
export function AwaitedPanel({ run }: { run: RunDto }) {
  const origin = useSyncExternalStore(never, here, onServer)
  const platforms = run.jobs.filter(({ state }) => state === 'waiting').map(({ platform }) => platform)
  if (run.awaits === undefined || platforms.length === 0) return null
  const { until, submitUrl } = run.awaits
  const command = submitCommand(run, platforms, shellQuote(`${origin}${submitUrl}`))
  return (
    <Section title="Waiting for results from elsewhere">
      <div className="card grid grid-cols-[minmax(0,1fr)] gap-2.5 px-[18px] py-3.5 max-sm:px-3.5">
        <p>
          Run this on a machine that runs <span className="mono">{platforms.join(', ')}</span> natively, for
          example in its CI job. It runs the same digest there and sends the result here, once for each
          platform.
        </p>
        <CodeBlock text={command} what="the command" />
        <p className="text-muted text-note">
          Whoever has this line may say how the image ran: keep it as a secret of the job. Until{' '}
          <time dateTime={until}>{fullTime(until)}</time>; after that the platform is inconclusive.
        </p>
      </div>
    </Section>
  )
}

const never = () => () => {}
const here = () => window.location.origin
const onServer = () => ''
