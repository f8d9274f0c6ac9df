import type { ReportJob } from '#lib/report/model.ts'
import type { RunEvent } from '#lib/service/run/run-events.ts'
import { formatBytes } from './output.ts'

/** What is known of one platform while a run goes on. Pure data; `laneText` says it. */
export interface Lane {
  readonly platform: string
  readonly phase: string
  /** `native, Docker 20.10.24 on build-1` */
  readonly where: string
  readonly progress: string
  /** The last line that the program wrote, as far as it came. */
  readonly lastLine: string
  readonly job?: ReportJob
}

/** All lanes of a run, in the order of its platforms. */
export type Lanes = readonly Lane[]

const PHASE_WORDS: Readonly<Record<string, string>> = {
  'cleaning-up': 'cleaning up',
}
const LAST_LINE_MAX_LENGTH = 200

/** The lanes after an event. */
export function nextLanes(lanes: Lanes, event: RunEvent): Lanes {
  switch (event.type) {
    case 'planned':
      return event.jobs.map(({ platform }) => ({
        platform,
        phase: 'queued',
        where: '',
        progress: '',
        lastLine: '',
      }))
    case 'phase': {
      const where = event.mode && event.engine ? `${event.mode}, ${event.engine}` : undefined
      const phase = PHASE_WORDS[event.phase] ?? event.phase
      const again = event.attempt ? `${phase} (attempt ${event.attempt})` : phase
      return change(lanes, event.platform, (lane) => ({
        ...lane,
        phase: again,
        where: where ?? lane.where,
        progress: '',
      }))
    }
    case 'progress': {
      const { doneBytes, totalBytes } = event
      const text = totalBytes > 0 ? `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}` : ''
      return change(lanes, event.platform, (lane) => ({ ...lane, progress: text }))
    }
    case 'output':
      return change(lanes, event.platform, (lane) => ({
        ...lane,
        lastLine: lastLineOf(lane.lastLine + event.text),
      }))
    case 'job':
      return change(lanes, event.job.platform, (lane) => ({ ...lane, job: event.job }))
    case 'finished':
      return lanes
  }
}

function change(lanes: Lanes, platform: string, by: (lane: Lane) => Lane): Lanes {
  return lanes.map((lane) => (lane.platform === platform ? by(lane) : lane))
}

/** The last line with something in it; a line that is still being written counts. */
function lastLineOf(text: string): string {
  const lines = text.split('\n')
  const last = lines.at(-1) || lines.at(-2) || ''
  // Kept with its end, so that what follows starts a new line.
  return `${last.slice(-LAST_LINE_MAX_LENGTH)}${lines.at(-1) === '' && last !== '' ? '\n' : ''}`
}
