import type { ConfigChange } from './compare-config.ts'
import type { DiffSide } from './diff-side.ts'
import type { Highlight, ImageDiff, SideContent } from './image-diff.ts'

/** Named in a highlight; the rest is counted. */
const NAMED_MAX = 5

/** Finds what a person should look at first. `diff` has everything but the highlights. */
export function findHighlights(
  diff: Omit<ImageDiff, 'highlights'>,
  sides: readonly [DiffSide, DiffSide],
  contents: readonly [SideContent, SideContent] | undefined,
): Highlight[] {
  const shown = diff.config.changes.filter(({ folded }) => folded === undefined)
  const [revisions, drift] = [shown.filter(isRevision), shown.filter((change) => !isRevision(change))]
  // What lies in a layer that could not be read is not missing.
  const isUnread = diff.content?.isComplete === false
  return [
    ...foreignBinaries(diff),
    ...sharedBase(diff, sides, contents),
    ...revisions.map(toRevision),
    ...(isUnread ? [] : [...packagesOfOneSide(diff), ...versionSkew(diff)]),
    ...(drift.length > 0
      ? [{ kind: 'config-drift' as const, count: drift.length, names: named(drift.map(configName)) }]
      : []),
    ...(isUnread ? [] : [...filesOfOneSide(diff), ...differingFiles(diff)]),
  ]
}

/** Labels that say which source an image was made of. */
const REVISION = /^(org\.opencontainers\.image\.(revision|version)|vcs-ref|version|release|git[-_.]commit)$/i

function isRevision({ field, key = '', from, to }: ConfigChange): boolean {
  return field === 'labels' && REVISION.test(key) && from !== undefined && to !== undefined
}

function toRevision({ key = '', from = '', to = '' }: ConfigChange): Highlight {
  return { kind: 'other-revision', key, from, to }
}

/** `env.PATH`, `labels.version`, `user`. */
function configName({ field, key }: ConfigChange): string {
  return key === undefined ? field : `${field}.${key}`
}

function foreignBinaries({ content }: Pick<ImageDiff, 'content'>): Highlight[] {
  if (content === undefined) return []
  return (['from', 'to'] as const).flatMap((side) => {
    const foreign = content.binaries[side].foreign.toSorted((a, b) => Number(b.isOnPath) - Number(a.isOnPath))
    const [first] = foreign
    if (first === undefined) return []
    const paths = named(foreign.map(({ path }) => path))
    return [{ kind: 'foreign-binary' as const, side, count: foreign.length, paths, found: first.found }]
  })
}

/**
 * A first layer that two architectures share was made for one of them, if it has programs: certificates and other
 * data are rightly shared. An image of one shared layer is as likely to be data as not, so unseen it says nothing.
 */
function sharedBase(
  { isAcrossArchitectures, layers: [first] }: Pick<ImageDiff, 'isAcrossArchitectures' | 'layers'>,
  [from, to]: readonly [DiffSide, DiffSide],
  contents: readonly [SideContent, SideContent] | undefined,
): Highlight[] {
  const digest = from.layers[0]?.digest
  const isShared = first?.relation === 'shared' && first.from === 0 && first.to === 0
  if (!isAcrossArchitectures || !isShared || digest === undefined) return []
  if (contents === undefined || contents.some(({ lacksBase }) => lacksBase)) {
    const hasMore = from.layers.length > 1 || to.layers.length > 1
    return hasMore ? [{ kind: 'shared-base', digest, isCertain: false }] : []
  }
  const hasPrograms = contents.some(({ entries }) =>
    entries.some(({ layer, program }) => layer === 0 && program?.kind === 'elf'),
  )
  return hasPrograms ? [{ kind: 'shared-base', digest, isCertain: true }] : []
}

function packagesOfOneSide({ content }: Pick<ImageDiff, 'content'>): Highlight[] {
  const changes = (content?.packages.changes ?? []).filter(({ folded }) => folded === undefined)
  return (['from', 'to'] as const).flatMap((side) => {
    const names = changes
      .filter(({ change }) => change === (side === 'from' ? 'removed' : 'added'))
      .map(({ name }) => name)
    return names.length > 0
      ? [{ kind: 'packages-one-side' as const, side, count: names.length, names: named(names) }]
      : []
  })
}

function versionSkew({ content }: Pick<ImageDiff, 'content'>): Highlight[] {
  const names = (content?.packages.changes ?? [])
    .filter(({ change, folded }) => change === 'changed' && folded === undefined)
    .map(({ name }) => name)
  return names.length > 0 ? [{ kind: 'version-skew', count: names.length, names: named(names) }] : []
}

function filesOfOneSide({ content }: Pick<ImageDiff, 'content'>): Highlight[] {
  const changes = (content?.files.changes ?? []).filter(
    ({ folded, from, to }) => folded === undefined && (from ?? to)?.type !== 'directory',
  )
  return (['from', 'to'] as const).flatMap((side) => {
    const paths = changes
      .filter(({ change }) => change === (side === 'from' ? 'removed' : 'added'))
      .map(({ path }) => path)
    return paths.length > 0
      ? [{ kind: 'files-one-side' as const, side, count: paths.length, paths: named(paths) }]
      : []
  })
}

/** Paths of both sides that are not alike, for no reason that another architecture has. */
function differingFiles({ content }: Pick<ImageDiff, 'content'>): Highlight[] {
  const paths = (content?.files.changes ?? [])
    .filter(({ change, folded }) => change === 'changed' && folded === undefined)
    .map(({ path }) => path)
  return paths.length > 0 ? [{ kind: 'files-differ', count: paths.length, paths: named(paths) }] : []
}

function named(names: readonly string[]): string[] {
  return names.slice(0, NAMED_MAX)
}
