import type { ProblemDto } from '#lib/api/parts.ts'
import type { TagDto, TagsSummaryDto } from '#lib/api/tags.ts'
import { queryString } from './query-string.ts'

/** What a watcher is told, in the order it happens. */
export interface TagsWatcher {
  onRows(tags: readonly TagDto[]): void
  onSummary(summary: TagsSummaryDto): void
  /** Nothing is left to do, or resolving paused: the last summary tells which. The stream is closed. */
  onDone(): void
  /** The server could not go on. The stream is closed. */
  onProblem(problem: ProblemDto): void
  /** The connection broke; the browser connects again by itself unless `isOver`. */
  onLost(isOver: boolean): void
}

/**
 * Follows the resolving of a repository's tags until `done` or until the returned function is called, which stops the
 * background work on the server when nobody else watches. Browser only.
 */
export function watchTags(repository: string, watcher: TagsWatcher): () => void {
  const source = new EventSource(`/api/v1/tags/events${queryString({ repository })}`)
  const on = <T>(name: string, take: (data: T) => void) =>
    source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T))
  on<{ tags: TagDto[] }>('rows', ({ tags }) => watcher.onRows(tags))
  on<{ summary: TagsSummaryDto }>('summary', ({ summary }) => watcher.onSummary(summary))
  on('done', () => {
    source.close()
    watcher.onDone()
  })
  on<ProblemDto>('problem', (problem) => {
    source.close()
    watcher.onProblem(problem)
  })
  source.addEventListener('error', () => watcher.onLost(source.readyState === EventSource.CLOSED))
  return () => source.close()
}
