import type { TagDto, TagsResponse, TagsSummaryDto } from '#lib/api/tags.ts'

/** A digest made of one repeated character, for tests. */
export const digestOf = (character: string) => `sha256:${character.repeat(64)}`

/** A resolved index of the four primary platforms, for tests. */
export function tagFixture(tag: Partial<TagDto> & { readonly name: string }): TagDto {
  return {
    state: 'resolved',
    kind: 'index',
    digest: digestOf('a'),
    platforms: ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
    ...tag,
  }
}

/** A summary of a complete listing, for tests. */
export function summaryFixture(summary: Partial<TagsSummaryDto> = {}): TagsSummaryDto {
  return {
    total: 2,
    resolved: 2,
    failed: 0,
    listing: 'complete',
    platformCounts: {},
    ribbon: { platforms: [], releases: [], omitted: 0 },
    losses: [],
    fallbackTags: { count: 0, names: [] },
    warnings: [],
    ...summary,
  }
}

/** A page of tags, for tests. */
export function pageFixture(tags: TagDto[], summary = summaryFixture()): TagsResponse {
  return { repository: 'quay.io/power/app', tags, matching: tags.length, complete: true, summary }
}
