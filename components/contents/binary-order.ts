import type { BinaryDto } from '#lib/api/binaries.ts'

/** Those of another architecture first, then what is broken, then the rest; by path within each. */
export function sortBinaries(binaries: readonly BinaryDto[]): readonly BinaryDto[] {
  return binaries.toSorted((a, b) => rank(a) - rank(b))
}

function rank({ agrees, kind }: BinaryDto): number {
  if (agrees === 'differs') return 0
  return kind === 'broken-elf' || kind === 'broken-script' ? 1 : 2
}
