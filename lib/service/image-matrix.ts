import PQueue from 'p-queue'
import type { z } from 'zod'
import { MATRIX_PACKAGES_MAX, type MatrixResponse, type matrixQuery } from '#lib/api/matrix.ts'
import { configMatrix, packageMatrix } from '#lib/diff/matrix.ts'
import type { MatrixRow } from '#lib/diff/matrix-row.ts'
import { countStates, matrixText } from '#lib/diff/matrix-text.ts'
import { atDigest, formatReference, parseReference, withDefaultTag } from '#lib/oci/reference.ts'
import type { ReadingContext } from './context.ts'
import { chooseColumns, readColumn } from './matrix-columns.ts'
import { readImageContent } from './read-image-content.ts'
import type { TreeOptions } from './read-image-tree.ts'
import { resolveReference } from './resolve-reference.ts'

type Query = z.output<typeof matrixQuery>

/** Images whose merged files are in memory at once; of each, packages and counts alone are kept. */
const READ_AT_ONCE = 2

/**
 * All platforms of an index at once: which agree on each setting and each package. What cannot be read is told in its
 * column and hides nothing else. Throws what resolving throws, and what `chooseColumns` throws.
 */
export async function imageMatrix(
  context: ReadingContext,
  { ref, platform, show, depth }: Query,
  options: TreeOptions = {},
): Promise<MatrixResponse> {
  const reference = withDefaultTag(parseReference(ref))
  const name = formatReference(reference)
  const source = context.openSource(reference.repository)
  const resolved = await resolveReference(source, reference, context.now, options)
  const content = await readImageContent(source, resolved, options)
  const { chosen, leftOut } = chooseColumns(content, platform, name)
  if (depth === 'files')
    for (const { image } of chosen) if (image.manifest) options.tally?.begin(image.manifest.layers)
  const queue = new PQueue({ concurrency: READ_AT_ONCE })
  const columns = await queue
    .addAll(chosen.map((column) => () => readColumn(context, source, column, depth, options)))
    // What would still begin is of no use to anybody.
    .finally(() => queue.clear())
  const sides = columns.map(({ side }) => side)
  const platforms = columns.map(({ dto }) => dto)
  const config = configMatrix(sides)
  const packages = depth === 'files' ? packageMatrix(sides) : undefined
  const isShown = ({ state }: MatrixRow) => show === 'all' || state === 'differs'
  const shownPackages = packages?.filter(isShown)
  const beyond = Math.max(0, (shownPackages?.length ?? 0) - MATRIX_PACKAGES_MAX)
  return {
    reference: name,
    pinned: formatReference(atDigest(reference.repository, resolved.fetched.digest)),
    digest: resolved.fetched.digest,
    platforms,
    leftOut,
    summary: {
      text: matrixText({
        platforms: platforms.map((each) => each.platform),
        config,
        packages,
        incomplete: platforms.filter(({ complete }) => !complete).map((each) => each.platform),
        foreign: platforms.map(({ binaries }) => binaries?.foreign ?? 0),
      }),
      config: countStates(config),
      ...(packages ? { packages: countStates(packages) } : {}),
    },
    config: config.filter(isShown).map(toDto),
    ...(shownPackages ? { packages: shownPackages.slice(0, MATRIX_PACKAGES_MAX).map(toDto) } : {}),
    ...(beyond > 0 ? { packagesLeftOut: beyond } : {}),
    complete:
      platforms.every(({ complete }) => complete) && !leftOut.some(({ reason }) => reason === 'unread'),
  }
}

function toDto<R extends MatrixRow>(row: R) {
  return { ...row, values: [...row.values], marks: [...row.marks] }
}
