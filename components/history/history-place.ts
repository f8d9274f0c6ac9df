import type { HistoryPlace } from '#lib/client/page-paths.ts'

/** What of a repository's history an address asks for. */
export function readHistoryPlace(repository: string, address: URLSearchParams): HistoryPlace {
  return {
    repository,
    tag: address.get('tag') || undefined,
    platform: address.get('platform') || undefined,
  }
}
