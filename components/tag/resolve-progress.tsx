'use client'

import { Button } from '#components/ui/button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { QuotaDto } from '#lib/api/parts.ts'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { resolveState } from './resolve-state.ts'
import type { TagFollow } from './use-tag-follow.ts'

interface ResolveProgressProps {
  readonly summary: TagsSummaryDto
  readonly follow: TagFollow
}

/** How far the resolving is, what holds it up, and the buttons to stop it and go on. */
export function ResolveProgress({ summary, follow }: ResolveProgressProps) {
  const { total, failed, quota, warnings } = summary
  const state = resolveState(summary, follow.phase)
  const done = summary.resolved + failed
  const resume = (
    <Button size="small" onClick={follow.resume}>
      Resume
    </Button>
  )
  if (follow.problem) return <ProblemPanel className="mt-5" problem={follow.problem} retry={resume} />
  if ((state === 'paused' || state === 'failed') && summary.problem) {
    return <ProblemPanel className="mt-5" tone="warn" problem={summary.problem} retry={resume} />
  }
  if (state === 'complete' && failed === 0 && !quota && warnings.length === 0) return null
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-note text-muted">
      {state !== 'complete' && (
        <>
          <progress
            aria-label="Tags resolved"
            max={Math.max(total, 1)}
            value={done}
            className="h-1.5 w-44 appearance-none overflow-hidden rounded-full max-sm:w-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
          />
          <span>{sentence(state, done, total)}</span>
          {state === 'stopped' ? (
            resume
          ) : (
            <Button size="small" onClick={follow.stop}>
              Stop
            </Button>
          )}
        </>
      )}
      {failed > 0 && <Mark tone="fail">{plural(failed, 'tag')} could not be read</Mark>}
      {quota && <Quota quota={quota} />}
      {warnings.map((warning) => (
        <span key={warning}>The registry says: {warning}</span>
      ))}
    </div>
  )
}

function sentence(state: ReturnType<typeof resolveState>, done: number, total: number): string {
  const progress = `${formatCount(done)} of ${formatCount(total)}`
  switch (state) {
    case 'listing':
      return `Reading the tag list, ${plural(total, 'tag')} so far`
    case 'reconnecting':
      return `Connection lost at ${progress}; trying again…`
    case 'stopped':
      return `Stopped at ${progress}`
    default:
      return `Resolved ${progress}`
  }
}

function Quota({ quota }: { quota: QuotaDto }) {
  const isLow = quota.remaining < quota.limit / 4
  const hours = quota.windowSeconds / 3_600
  const window =
    hours >= 1 ? plural(Math.round(hours), 'hour') : plural(Math.round(quota.windowSeconds / 60), 'minute')
  const text = `${formatCount(quota.remaining)} of ${formatCount(quota.limit)} requests left in ${window}`
  return isLow ? <Mark tone="warn">{text}</Mark> : <span>{text}</span>
}
