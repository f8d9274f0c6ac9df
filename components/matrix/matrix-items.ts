import { formatCount, plural } from '#components/ui/plural.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import type { MatrixLine } from './matrix-rows.ts'

/** What stands in a line of the table: the head of a part, a row, the programs of all platforms, or a remark. */
export type MatrixItem =
  | { readonly kind: 'head'; readonly id: string; readonly title: string; readonly note: string }
  | { readonly kind: 'line'; readonly id: string; readonly line: MatrixLine }
  | { readonly kind: 'binaries'; readonly id: string }
  | { readonly kind: 'remark'; readonly id: string; readonly text: string }

/** What the table shows, and of what. */
interface ItemsOf {
  readonly matrix: MatrixResponse
  readonly lines: readonly MatrixLine[]
  /** By a search, or to one part. */
  readonly isNarrowed: boolean
  readonly isReading: boolean
}

type Counts = MatrixResponse['summary']['config']

/** The lines of the table: settings, programs, packages, each with its head. */
export function matrixItems({ matrix, lines, isNarrowed, isReading }: ItemsOf): readonly MatrixItem[] {
  const { summary, platforms, packagesLeftOut = 0 } = matrix
  const part = (kind: MatrixLine['kind'], title: string, counts: Counts | undefined, noun: string) => {
    const rows = lines.filter((line) => line.kind === kind)
    if (rows.length === 0 && isNarrowed) return []
    const items = rows.map((line): MatrixItem => ({ kind: 'line', id: line.id, line }))
    const remark = rows.length === 0 ? emptyText(counts, noun, isReading) : undefined
    return [
      { kind: 'head', id: kind, title, note: counts ? countText(counts) : '' } as const,
      ...items,
      ...(remark === undefined ? [] : [{ kind: 'remark', id: `${kind} remark`, text: remark } as const]),
    ]
  }
  const hasPrograms = platforms.some(({ binaries }) => (binaries?.counts.length ?? 0) > 0)
  return [
    ...part('config', 'Settings', summary.config, 'setting'),
    ...(hasPrograms && !isNarrowed
      ? [
          { kind: 'head', id: 'programs', title: 'Programs and libraries', note: '' } as const,
          { kind: 'binaries', id: 'binaries' } as const,
        ]
      : []),
    ...part('packages', 'Packages', summary.packages, 'package'),
    ...(packagesLeftOut > 0
      ? [
          {
            kind: 'remark',
            id: 'beyond',
            text: `${plural(packagesLeftOut, 'package')} more; too many for one page.`,
          } as const,
        ]
      : []),
  ]
}

function countText({ differs, unknown, expected, same }: Counts): string {
  const differ = (count: number) => (count === 1 ? 'differs' : 'differ')
  const told = [
    [differs, differ(differs)],
    [unknown, 'not comparable everywhere'],
    [expected, `${differ(expected)} as expected`],
    [same, 'the same'],
  ] as const
  return told.flatMap(([count, what]) => (count === 0 ? [] : [`${formatCount(count)} ${what}`])).join(' · ')
}

/** Said where no row of a part is shown. */
function emptyText(counts: Counts | undefined, noun: string, isReading: boolean): string {
  if (counts === undefined)
    return isReading ? 'The layers are being read…' : 'The layers could not be looked into.'
  const { unknown, expected, same } = counts
  if (unknown + expected + same === 0) return `No platform has a ${noun} that Archway knows.`
  return unknown > 0
    ? `No ${noun} differs where it could be looked at.`
    : `No ${noun} differs${expected > 0 ? ' but for what must' : ''}.`
}
