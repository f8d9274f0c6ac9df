import { assertNever } from '#lib/errors/assert-never.ts'
import { platformText } from '#lib/oci/platform.ts'
import type { DiffSide } from './diff-side.ts'
import type { Highlight, ImageDiff } from './image-diff.ts'

/**
 * How bad it is: an `error` does not run, a `warning` should be looked at. What differs between two builds of the same
 * architecture is told, and is no reason to worry: that is what a new version is for.
 */
export function highlightSeverity(
  highlight: Highlight,
  isAcrossArchitectures: boolean,
): 'error' | 'warning' | 'info' {
  switch (highlight.kind) {
    case 'foreign-binary':
      return 'error'
    case 'shared-base':
      return highlight.isCertain ? 'error' : 'warning'
    case 'other-revision':
    case 'packages-one-side':
    case 'version-skew':
    case 'config-drift':
      return isAcrossArchitectures ? 'warning' : 'info'
    case 'files-one-side':
    case 'files-differ':
      return 'info'
    default:
      return assertNever(highlight)
  }
}

/** One sentence for people, with foreign names in it. */
export function highlightText(highlight: Highlight, from: string, to: string): string {
  const sideName = (side: 'from' | 'to') => (side === 'from' ? from : to)
  switch (highlight.kind) {
    case 'foreign-binary': {
      const { side, count, paths, found } = highlight
      const [first = ''] = paths
      const rest = count > 1 ? ` and ${count - 1} more` : ''
      return `${first}${rest} in ${sideName(side)} ${count > 1 ? 'are' : 'is'} ${found}.`
    }
    case 'shared-base':
      return highlight.isCertain
        ? 'Both architectures are built on one and the same base layer with programs in it: a FROM line is pinned to the digest of a single architecture.'
        : 'Both architectures share their first layer; if it holds programs, a FROM line is pinned to a single architecture.'
    case 'other-revision':
      return `${highlight.key} differs: ${highlight.from} in ${from}, ${highlight.to} in ${to}.`
    case 'packages-one-side':
      return `${count(highlight.count, 'package')} only in ${sideName(highlight.side)}: ${names(highlight)}.`
    case 'version-skew':
      return `${count(highlight.count, 'package')} of another version: ${names(highlight)}.`
    case 'config-drift':
      return `${count(highlight.count, 'setting')} of the config ${highlight.count === 1 ? 'differs' : 'differ'}: ${names(highlight)}.`
    case 'files-one-side':
      return `${count(highlight.count, 'path')} only in ${sideName(highlight.side)}: ${names({ count: highlight.count, names: highlight.paths })}.`
    case 'files-differ':
      return `${count(highlight.count, 'path')} that both have ${highlight.count === 1 ? 'differs' : 'differ'}: ${names({ count: highlight.count, names: highlight.paths })}.`
    default:
      return assertNever(highlight)
  }
}

/** What a person reads first: `Same 214 packages, 3 versions differ; 11,930 files are the same.` */
export function summaryText(
  { config, content, highlights }: ImageDiff,
  from: DiffSide,
  to: DiffSide,
): string {
  const changed = config.changes.filter(({ folded }) => folded === undefined).length
  const aboutConfig = changed === 0 ? 'the same config' : `${count(changed, 'difference')} of the config`
  const names = [from, to].map(({ platform }) => platformText(platform))
  const between = names[0] === names[1] ? (names[0] ?? '') : names.join(' and ')
  if (content === undefined) return `${between}: ${aboutConfig}; the layers were not looked into.`
  const { files, packages } = content
  const differing = packages.changes.filter(({ folded }) => folded === undefined).length
  const aboutPackages =
    packages.sameCount + packages.changes.length === 0
      ? 'no packages that a manager knows'
      : `${count(packages.sameCount, 'package')} the same, ${differing === 0 ? 'none differs' : `${differing.toLocaleString('en')} ${differing === 1 ? 'differs' : 'differ'}`}`
  const shown = files.changes.filter(({ folded }) => folded === undefined).length
  const expected = files.changes.length - shown
  const aboutFiles = [
    `${count(files.sameCount, 'path')} the same`,
    ...(expected > 0 ? [`${expected.toLocaleString('en')} as different as expected`] : []),
    `${shown.toLocaleString('en')} to look at`,
  ].join(', ')
  const foreign = highlights.filter(({ kind }) => kind === 'foreign-binary').length
  const verdict = foreign > 0 ? 'A binary of the wrong architecture; ' : ''
  const limit = content.isComplete ? '' : 'Some layers could not be read, so this is about the rest; '
  return `${verdict}${limit}${between}: ${aboutConfig}; ${aboutPackages}; ${aboutFiles}.`
}

function names({ count: total, names: some }: { readonly count: number; readonly names: readonly string[] }) {
  const more = total - some.length
  return more > 0 ? `${some.join(', ')} and ${more.toLocaleString('en')} more` : some.join(', ')
}

function count(n: number, one: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`
}
