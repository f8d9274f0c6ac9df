import { comparedPackages } from './compared-packages.ts'
import { defineCheck } from './define-check.ts'
import type { ImageSet } from './image-set.ts'

const EXAMPLES_MAX = 5

/**
 * PKG-002: architectures of one release have a package in different versions. One finding, however many packages.
 * Debian’s rebuilds of one architecture (`+b1`) are the same source.
 */
export const pkg002 = defineCheck<ImageSet>(
  'PKG-002',
  (set) => {
    const skewed = comparedPackages(set).filter(
      ({ versions, missing }) => versions.length > 1 && missing.length === 0,
    )
    if (skewed.length === 0) return []
    const examples = skewed
      .slice(0, EXAMPLES_MAX)
      .map(({ name, type, versions }) => ({ name, type, versions }))
    return [{ evidence: { count: skewed.length, examples } }]
  },
  ({ images }) => images.flatMap(({ packageGaps }) => packageGaps),
)
