import type { ApiCall } from './api-call.ts'
import { badgeQuery } from './badge.ts'
import { historyQuery, historyResponse } from './history.ts'

/** What reports say over time, and of what an image is now. */
export const HISTORY_CALLS: readonly ApiCall[] = [
  {
    method: 'get',
    path: '/api/v1/history',
    id: 'listHistory',
    summary: 'What finished runs say of a repository, run by platform, newest first, and what changed where',
    query: historyQuery,
    answer: historyResponse,
  },
  {
    method: 'get',
    path: '/api/v1/badge',
    id: 'getBadge',
    summary: 'What the newest reports allow to claim of an image as it is now',
    query: badgeQuery,
    answer: { mediaType: 'image/svg+xml', description: 'The badge; with format=shields JSON for shields.io' },
  },
]
