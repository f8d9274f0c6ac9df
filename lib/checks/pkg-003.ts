import { comparedPackages } from './compared-packages.ts'
import { defineCheck } from './define-check.ts'
import type { ImageSet } from './image-set.ts'

const EXAMPLES_MAX = 5
/** Run-time parts of compilers that do not exist for every architecture. */
const NOT_EVERYWHERE = /^lib(quadmath|hwasan|itm|tsan|lsan|asan|ubsan|cc1|ipt|numa|mvec|vtv|opcodes)[\d.-]*/

/** PKG-003: packages that only some architectures of one release have. One finding, however many packages. */
export const pkg003 = defineCheck<ImageSet>(
  'PKG-003',
  (set) => {
    const partial = comparedPackages(set).filter(
      ({ name, missing }) => missing.length > 0 && !NOT_EVERYWHERE.test(name),
    )
    if (partial.length === 0) return []
    const examples = partial
      .slice(0, EXAMPLES_MAX)
      .map(({ name, type, missing }) => ({ name, type, missing }))
    return [{ evidence: { count: partial.length, examples } }]
  },
  ({ images }) => images.flatMap(({ packageGaps }) => packageGaps),
)
