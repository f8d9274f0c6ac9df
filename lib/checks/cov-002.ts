import { defineCheck } from './define-check.ts'
import type { TagFacts } from './tag-facts.ts'
import type { Gap } from './unjudged.ts'

/**
 * COV-002: the version before, or what the tag was before it moved, has a platform that this one lacks. Strict: no
 * variant stands in for another. What is lost to both is told once.
 */
export const cov002 = defineCheck<TagFacts>(
  'COV-002',
  ({ image, before, earlier }) => {
    const told = new Set<string>(image.platforms)
    return [before, earlier].flatMap((baseline) => {
      if (baseline.state !== 'read' || baseline.kind === 'artifact') return []
      const lost = baseline.platforms.filter((platform) => !told.has(platform))
      for (const platform of lost) told.add(platform)
      const { what, digest } = baseline
      return lost.map((platform) => ({
        platform,
        evidence: {
          baseline: what,
          baselineDigest: digest,
          present: [...image.platforms],
          ...plain(image.kind),
        },
      }))
    })
  },
  ({ tag, before, earlier }): Gap[] => {
    const unread = [before, earlier].filter((baseline) => baseline.state === 'unread')
    if (before.state === 'none' && earlier.state === 'none') return [{ reason: 'nothing-earlier', what: tag }]
    return unread.map(({ what }) => ({ reason: 'tag-not-read', what }))
  },
)

/** The cause, where the shape of the manifest shows it: the push of one image has replaced an index. */
function plain(kind: string): { cause?: 'plain-manifest' } {
  return kind === 'image' ? { cause: 'plain-manifest' } : {}
}
