import { applyRunEvent } from '#lib/api/apply-run-event.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto, RunEventDto } from '#lib/api/runs.ts'
import { runCallPath } from './run-queries.ts'

/** What a watcher of a run is told, in the order it happens. */
export interface RunWatcher {
  /** The run after an event, and the event. The first event is a snapshot. */
  onRun(run: RunDto, event: RunEventDto): void
  /** The run is over; the last `onRun` had all of it. The stream is closed. */
  onDone?(run: RunDto): void
  /** The server could not go on. The stream is closed. */
  onProblem(problem: ProblemDto): void
  /** The connection broke; the browser connects again by itself unless `isOver`, and misses nothing. */
  onLost(isOver: boolean): void
}

const EVENTS: readonly RunEventDto['event'][] = ['snapshot', 'phase', 'progress', 'output', 'job', 'finished']

/**
 * Follows a run until it is over or until the returned function is called. Coming back after a broken connection the
 * browser says what it saw last, and gets what it missed or a new snapshot. Browser only.
 */
export function watchRun(id: string, watcher: RunWatcher): () => void {
  const source = new EventSource(`${runCallPath(id)}/events`)
  let run: RunDto | undefined
  for (const name of EVENTS) {
    source.addEventListener(name, (message) => {
      const event = { event: name, data: JSON.parse((message as MessageEvent<string>).data) } as RunEventDto
      if (run === undefined && event.event !== 'snapshot' && event.event !== 'finished') return
      run = run === undefined ? (event.data as RunDto) : applyRunEvent(run, event)
      watcher.onRun(run, event)
      if (name !== 'finished') return
      source.close()
      watcher.onDone?.(run)
    })
  }
  source.addEventListener('problem', (message) => {
    source.close()
    watcher.onProblem(JSON.parse((message as MessageEvent<string>).data) as ProblemDto)
  })
  source.addEventListener('error', () => watcher.onLost(source.readyState === EventSource.CLOSED))
  return () => source.close()
}
