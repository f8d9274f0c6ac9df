import type { DiffSide, Highlight, ImageDiff } from './model.ts'

const EXAMPLES = 5
const REVISION = 'org.opencontainers.image.revision'

/** What highlights are drawn from. */
export interface HighlightFacts extends Pick<ImageDiff, 'files' | 'packages' | 'binaries' | 'config'> {
  readonly from: DiffSide
  readonly to: DiffSide
  /** The sides are of different architectures. */
  readonly isAcross: boolean
}

/** What a person should look at first, the gravest first; nothing that is not there. */
export function highlightsOf(facts: HighlightFacts): readonly Highlight[] {
  const { files, packages, binaries, config } = facts
  const isRevision = ({ field, key }: (typeof config)[number]) => field === 'labels' && key === REVISION
  const drift = config.filter((each) => !isRevision(each))
  return [
    highlight(
      'wrong-architecture',
      binaries.filter(({ concerns }) => concerns.includes('wrong-architecture')),
      ({ path }) => path,
    ),
    highlight('shared-base', sharedBase(facts), (digest) => digest),
    highlight(
      'packages-on-one-side',
      packages.filter(({ from, to }) => from === undefined || to === undefined),
      ({ name }) => name,
    ),
    highlight(
      'files-on-one-side',
      files.filter(({ change }) => change !== 'changed'),
      ({ path }) => path,
    ),
    highlight(
      'version-skew',
      packages.filter(({ from, to }) => from !== undefined && to !== undefined),
      ({ name }) => name,
    ),
    highlight('config-drift', drift, ({ field, key }) => (key === undefined ? field : `${field} ${key}`)),
    highlight('revision-differs', config.filter(isRevision), ({ from, to }) => `${from ?? ''} → ${to ?? ''}`),
  ].filter(({ count }) => count > 0)
}

function highlight<T>(kind: Highlight['kind'], found: readonly T[], nameOf: (each: T) => string): Highlight {
  return { kind, count: found.length, examples: found.slice(0, EXAMPLES).map(nameOf) }
}

/** A lowest layer that two architectures share although it brings programs: a `FROM` pinned to one of them. */
function sharedBase({ from, to, isAcross }: HighlightFacts): readonly string[] {
  const [base] = from.layers
  if (!isAcross || !base || base.digest !== to.layers[0]?.digest) return []
  const brings = [...from.tree.entries.values()].some(
    ({ layer, program }) => layer === 0 && program?.kind === 'elf',
  )
  return brings ? [base.digest] : []
}
