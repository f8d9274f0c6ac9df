import type { ReportStep } from '#lib/report/model.ts'
import { timelineOf } from './timeline-model.ts'

/** What a job did when, each step a bar on the job's own scale. */
export function TimelineList({ steps }: { steps: readonly ReportStep[] }) {
  const timeline = timelineOf(steps)
  if (timeline === undefined) return <p className="text-muted">Nothing was done.</p>
  return (
    <ol className="grid gap-1">
      {timeline.steps.map(({ word, note, start, width, duration }, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps repeat and never move
          key={at}
          className="grid grid-cols-[minmax(0,13rem)_minmax(3rem,1fr)_3.5rem] items-center gap-x-3 text-note"
        >
          <span>
            {word}
            {note !== undefined && <span className="text-muted"> · {note}</span>}
          </span>
          <span aria-hidden="true" className="relative h-1.5 rounded-full bg-sunken">
            <span
              className="absolute inset-y-0 min-w-[3px] rounded-full bg-accent opacity-75"
              style={{ left: `${Math.min(start * 100, 97)}%`, width: `${Math.min(width, 1 - start) * 100}%` }}
            />
          </span>
          <span className="text-right text-muted tabular-nums">{duration}</span>
        </li>
      ))}
      <li className="grid grid-cols-[minmax(0,1fr)_3.5rem] gap-x-3 border-line border-t pt-1 text-note">
        <span>In all</span>
        <span className="text-right tabular-nums">{timeline.total}</span>
      </li>
    </ol>
  )
}
