import { defineCheck } from './define-check.ts'
import type { Baseline, TagFacts } from './tag-facts.ts'

/**
 * COV-004: a plain image manifest where an index is expected: because the tag was one before, because the version
 * before or the newest one is, or because `TAG-ARCH` tags for several platforms wait to be joined. A `TAG-ARCH` tag
 * itself is plain on purpose, and so is a repository for one platform.
 */
export const cov004 = defineCheck<TagFacts>(
  'COV-004',
  ({ image, before, earlier, newest, archTags, isArchTag }) => {
    if (image.kind !== 'image' || isArchTag) return []
    const expected = [before, earlier, newest].find(isWideIndex)
    const own = { digest: image.digest, platforms: [...image.platforms] }
    if (expected) {
      const { what, digest, platforms } = expected
      return [
        {
          evidence: {
            ...own,
            reason: 'index',
            baseline: what,
            baselineDigest: digest,
            expected: [...platforms],
          },
        },
      ]
    }
    const joined = new Set(archTags.map(({ platform }) => platform))
    return joined.size > 1
      ? [{ evidence: { ...own, reason: 'arch-tags', archTags: archTags.map(({ name }) => name) } }]
      : []
  },
)

function isWideIndex(baseline: Baseline | undefined): baseline is Extract<Baseline, { state: 'read' }> {
  return baseline?.state === 'read' && baseline.kind === 'index' && baseline.platforms.length > 1
}
