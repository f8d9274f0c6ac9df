'use client'

import Link from 'next/link'
import { DottedFacts } from '#components/image/dotted-facts.tsx'
import { BreakableName } from '#components/ui/breakable-name.tsx'
import { DigestText } from '#components/ui/digest-text.tsx'
import { wholeSeconds } from '#components/ui/duration.ts'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { RunDto } from '#lib/api/runs.ts'
import { imagePath } from '#lib/client/page-paths.ts'
import { useNow } from './use-now.ts'
import { isOver } from './use-run.ts'

/** How far a run is, how long it goes on, and what it is pinned to. */
export function RunFacts({ run }: { run: RunDto }) {
  const { jobs, reference, digest, pinned, finishedAt } = run
  const done = jobs.filter(({ state }) => state === 'finished' || state === 'cancelled').length
  return (
    <DottedFacts
      facts={[
        isOver(run) ? undefined : `${done} of ${jobs.length} done`,
        <RunClock key="clock" run={run} />,
        <Link
          key="image"
          href={imagePath(reference)}
          prefetch={false}
          className="mono rounded-mark hover:text-ink hover:underline"
        >
          <BreakableName name={withoutDigest(reference)} />
        </Link>,
        <span key="digest" className="inline-flex items-center gap-1">
          <Link
            href={imagePath(pinned)}
            prefetch={false}
            title="The image by digest: what this run is about, wherever the tag moves"
            className="rounded-mark hover:text-ink hover:underline"
          >
            pinned to
          </Link>
          <DigestText digest={digest} of={reference} algorithm copy="always" />
        </span>,
        finishedAt === undefined ? undefined : <TimeAgo key="ago" at={finishedAt} />,
      ]}
    />
  )
}

function withoutDigest(reference: string): string {
  const at = reference.indexOf('@')
  return at < 0 ? reference : reference.slice(0, at)
}

function RunClock({ run: { startedAt, createdAt, finishedAt } }: { run: RunDto }) {
  const since = startedAt ?? createdAt
  const nowMs = useNow(finishedAt === undefined, 500)
  const untilMs = finishedAt === undefined ? nowMs : Date.parse(finishedAt)
  return (
    <span className="tabular-nums">
      {untilMs === undefined ? 'since a moment' : wholeSeconds(untilMs - Date.parse(since))}
    </span>
  )
}
