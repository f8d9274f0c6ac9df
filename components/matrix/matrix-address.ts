import { shellQuote } from '#components/ui/shell-quote.ts'
import type { MatrixOf } from '#lib/client/matrix-queries.ts'

/** Parts of a matrix that can be shown alone. */
export const MATRIX_KINDS = ['config', 'binaries', 'packages'] as const
export type MatrixKind = (typeof MATRIX_KINDS)[number]

/** Which matrix an address names. */
export function readMatrixAddress(address: URLSearchParams): MatrixOf {
  return {
    ref: (address.get('ref') ?? '').trim(),
    platform: address.getAll('platform').filter((platform) => platform !== ''),
    show: address.get('show') === 'all' ? 'all' : 'differs',
  }
}

/** The part that an address narrows the table to. */
export function kindOf(address: URLSearchParams): MatrixKind | undefined {
  return MATRIX_KINDS.find((kind) => kind === address.get('kind'))
}

/** The command line that gives the same answer. */
export function matrixCommand({ ref, platform, show }: MatrixOf): string {
  return [
    `archway matrix ${shellQuote(ref)}`,
    ...platform.map((each) => `--platform ${shellQuote(each)}`),
    ...(show === 'all' ? ['--all'] : []),
  ].join(' ')
}

/**
 * What the address says of platforms after a click on one: nothing where all there are would be shown anyway. At least
 * two stay.
 */
export function toggledPlatforms(
  chosen: readonly string[],
  all: readonly string[],
  platform: string,
): readonly string[] {
  const next = all.filter((each) => chosen.includes(each) !== (each === platform))
  if (next.length < 2) return chosen
  return next.length === all.length ? [] : next
}
