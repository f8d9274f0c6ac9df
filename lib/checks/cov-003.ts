import { defineCheck } from './define-check.ts'
import type { TagFacts } from './tag-facts.ts'
import type { Gap } from './unjudged.ts'

/** COV-003: a tag that floats (`latest`, `1.27`) lacks a platform that the newest version below it has. */
export const cov003 = defineCheck<TagFacts>(
  'COV-003',
  ({ image, newest }) => {
    if (newest?.state !== 'read' || newest.kind === 'artifact' || newest.digest === image.digest) return []
    const { what, digest } = newest
    return newest.platforms
      .filter((platform) => !image.platforms.includes(platform))
      .map((platform) => ({
        platform,
        evidence: { newest: what, newestDigest: digest, present: [...image.platforms] },
      }))
  },
  ({ newest }): Gap[] => (newest?.state === 'unread' ? [{ reason: 'tag-not-read', what: newest.what }] : []),
)
