'use client'

import { Button } from '#components/ui/button.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { QuotaNote } from './quota-note.tsx'
import { type ResolveState, resolveState } from './resolve-state.ts'
import type { TagFollow } from './use-tag-follow.ts'

interface ResolveProgressProps {
  readonly summary: TagsSummaryDto
  readonly follow: TagFollow
}

/** How far the resolving is, what holds it up, and the buttons to stop it and go on. */
export function ResolveProgress({ summary, follow }: ResolveProgressProps) {
  const { total, failed, quota, warnings } = summary
  const state = follow.problem ? 'failed' : resolveState(summary, follow.phase)
  const isHeldUp = state === 'paused' || state === 'failed'
  const problem = follow.problem ?? (isHeldUp ? summary.problem : undefined)
  const resume = (
    <Button size="small" onClick={follow.resume}>
      Resume
    </Button>
  )
  const isQuiet = state === 'complete' && failed === 0 && !quota && warnings.length === 0
  return (
    <>
      {problem && (
        <ProblemPanel
          className="mt-5"
          tone={follow.problem ? 'fail' : 'warn'}
          problem={problem}
          retry={resume}
        />
      )}
      {!isQuiet && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-muted text-note">
          {state !== 'complete' && <Progress state={state} done={summary.resolved + failed} total={total} />}
          {state === 'stopped' && resume}
          {state !== 'complete' && state !== 'stopped' && !isHeldUp && (
            <Button size="small" onClick={follow.stop}>
              Stop
            </Button>
          )}
          {failed > 0 && <Mark tone="fail">{plural(failed, 'tag')} could not be read</Mark>}
          {quota && <QuotaNote quota={quota} />}
          {warnings.map((warning) => (
            <span key={warning}>The registry says: {warning}</span>
          ))}
        </div>
      )}
    </>
  )
}

function Progress({ state, done, total }: { state: ResolveState; done: number; total: number }) {
  return (
    <>
      <progress
        aria-label="Tags resolved"
        max={Math.max(total, 1)}
        value={done}
        className="h-1.5 w-44 appearance-none overflow-hidden rounded-full max-sm:w-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
      />
      <span>{sentence(state, done, total)}</span>
    </>
  )
}

function sentence(state: ResolveState, done: number, total: number): string {
  const progress = `${formatCount(done)} of ${formatCount(total)}`
  switch (state) {
    case 'listing':
      return `Reading the tag list, ${plural(total, 'tag')} so far`
    case 'reconnecting':
      return `Connection lost at ${progress}; trying again…`
    case 'stopped':
      return `Stopped at ${progress}`
    case 'paused':
      return `Paused at ${progress}`
    default:
      return `Resolved ${progress}`
  }
}
