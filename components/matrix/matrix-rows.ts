import { configWord } from '#components/diff/config-words.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import type { MatrixMark, MatrixState } from '#lib/diff/matrix-row.ts'
import type { MatrixKind } from './matrix-address.ts'

/** A cell: what a platform has, and what that is among the others. */
export interface MatrixCell {
  readonly value: string | null
  readonly mark: MatrixMark
}

/** A row of the table. */
export interface MatrixLine {
  /** For addresses: `packages/dpkg/libc6`, `config/env/PATH`. */
  readonly id: string
  readonly kind: MatrixKind
  readonly name: string
  /** What the name is of: `Environment`, `dpkg`. */
  readonly note: string | undefined
  readonly state: MatrixState
  readonly cells: readonly MatrixCell[]
  /** Platforms that have it. */
  readonly presentCount: number
}

/** Settings, then packages, each as the answer orders them. */
export function matrixLines({ config, packages = [] }: MatrixResponse): readonly MatrixLine[] {
  return [
    ...config.map(({ field, key, ...row }): MatrixLine => {
      const word = configWord(field)
      return {
        id: key === undefined ? `config/${field}` : `config/${field}/${key}`,
        kind: 'config',
        ...(key === undefined ? { name: word, note: undefined } : { name: key, note: word }),
        ...lineOf(row),
      }
    }),
    ...packages.map(
      ({ type, name, ...row }): MatrixLine => ({
        id: `packages/${type}/${name}`,
        kind: 'packages',
        name,
        note: type,
        ...lineOf(row),
      }),
    ),
  ]
}

function lineOf({
  state,
  values,
  marks,
}: Pick<MatrixResponse['config'][number], 'state' | 'values' | 'marks'>): Pick<
  MatrixLine,
  'state' | 'cells' | 'presentCount'
> {
  return {
    state,
    cells: values.map((value, at) => ({ value, mark: marks[at] ?? 'unseen' })),
    presentCount: values.filter((value) => value !== null).length,
  }
}

/** The rows that a search and a choice of part leave; the one that the address names always stays. */
export function filterLines(
  lines: readonly MatrixLine[],
  {
    q,
    kind,
    row,
  }: { readonly q: string; readonly kind: MatrixKind | undefined; readonly row: string | undefined },
): readonly MatrixLine[] {
  const wanted = q.trim().toLowerCase()
  return lines.filter(
    (line) =>
      line.id === row ||
      ((kind === undefined || line.kind === kind) &&
        (wanted === '' ||
          `${line.note ?? ''} ${line.name}`.toLowerCase().includes(wanted) ||
          line.cells.some(({ value }) => value?.toLowerCase().includes(wanted)))),
  )
}

/** The word beside a cell that stands out; nothing for one that does not. */
export function markWord(
  { mark }: MatrixCell,
  { kind, presentCount }: Pick<MatrixLine, 'kind' | 'presentCount'>,
): string | undefined {
  switch (mark) {
    case 'other':
      return kind === 'packages' ? 'other version' : 'other value'
    case 'only':
      return presentCount === 1 ? 'only here' : `only on ${presentCount}`
    case 'missing':
      return kind === 'packages' ? 'missing' : 'not set'
    case 'unseen':
      return 'not looked at'
    default:
      return undefined
  }
}
