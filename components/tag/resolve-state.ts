import type { TagsSummaryDto } from '#lib/api/tags.ts'
import type { TagFollow } from './use-tag-follow.ts'

/** What a person is told of the resolving, out of what the server says and what this page does. */
export type ResolveState =
  | 'listing'
  | 'resolving'
  | 'reconnecting'
  | 'stopped'
  | 'paused'
  | 'failed'
  | 'complete'

/** The one state to show. A repository whose every tag was looked at is complete, whatever is still under way. */
export function resolveState(
  summary: Pick<TagsSummaryDto, 'listing' | 'total' | 'resolved' | 'failed'>,
  phase: TagFollow['phase'],
): ResolveState {
  if (summary.listing === 'failed') return 'failed'
  const isWhole = summary.resolved + summary.failed >= summary.total
  if (summary.listing !== 'listing' && isWhole) return 'complete'
  if (phase === 'stopped') return 'stopped'
  if (summary.listing === 'paused') return phase === 'following' ? 'resolving' : 'paused'
  if (phase === 'reconnecting') return 'reconnecting'
  return summary.listing === 'listing' ? 'listing' : 'resolving'
}
