import { formatBytes } from '#components/ui/bytes.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { ReportStep } from '#lib/report/model.ts'

/** A step on the common scale of its job: shares of the whole, from 0 to 1. */
export interface TimelineStep {
  readonly word: string
  readonly start: number
  readonly width: number
  readonly duration: string
  /** Bytes, and which attempt it was. */
  readonly note?: string
}

/** What a job did when. */
export interface Timeline {
  readonly steps: readonly TimelineStep[]
  readonly total: string
}

const WORDS: Readonly<Record<ReportStep['name'], string>> = {
  pull: 'Pull',
  load: 'Load',
  create: 'Create',
  look: 'Look at the binaries',
  run: 'Run',
  remove: 'Remove',
  repeat: 'Repeat',
  uname: 'Ask its uname',
}

/** Places a job's steps on one line of time; undefined where nothing was done. */
export function timelineOf(steps: readonly ReportStep[]): Timeline | undefined {
  const spans = steps.map((step) => {
    const from = Date.parse(step.startedAt)
    return { step, from, to: from + step.durationMs }
  })
  if (spans.length === 0) return undefined
  const begin = Math.min(...spans.map(({ from }) => from))
  const totalMs = Math.max(...spans.map(({ to }) => to)) - begin
  const share = (ms: number) => (totalMs === 0 ? 0 : ms / totalMs)
  return {
    total: formatDuration(totalMs),
    steps: spans.map(({ step, from }) => ({
      word: WORDS[step.name],
      start: share(from - begin),
      width: share(step.durationMs),
      duration: formatDuration(step.durationMs),
      ...noteOf(step),
    })),
  }
}

function noteOf({ name, bytes, attempt, on }: ReportStep): { note?: string } {
  const parts = [
    attempt === undefined ? undefined : `attempt ${attempt}`,
    on === undefined ? undefined : `on ${on}`,
    bytes !== undefined
      ? formatBytes(bytes)
      : name === 'pull' || name === 'load'
        ? 'was there already'
        : undefined,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? {} : { note: parts.join(', ') }
}
