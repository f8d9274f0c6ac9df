import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { Platform } from '#lib/oci/platform.ts'
import { withoutArchitecture } from './architecture-names.ts'
import type { FilePair } from './diff-files.ts'
import type { BinaryConcern, BinaryDifference, BinaryState } from './model.ts'

/** Binaries of another architecture than their side's, and pairs that are not of one kind; the gravest first. */
export function diffBinaries(
  pairs: readonly FilePair[],
  platforms: { readonly from: Platform; readonly to: Platform },
): readonly BinaryDifference[] {
  const names = { from: withoutArchitecture(platforms.from), to: withoutArchitecture(platforms.to) }
  const found = pairs.flatMap(({ from, to }): BinaryDifference[] => {
    const a = from && stateOf(from, platforms.from)
    const b = to && stateOf(to, platforms.to)
    if (!a && !b) return []
    const concerns: BinaryConcern[] = []
    if (a?.agrees === 'differs' || b?.agrees === 'differs') concerns.push('wrong-architecture')
    if (from && to && a?.kind !== b?.kind) concerns.push('other-kind')
    if (a && b && a.kind === 'elf' && b.kind === 'elf') {
      if (a.linkage !== b.linkage) concerns.push('other-linkage')
      else if (librariesOf(a, names.from) !== librariesOf(b, names.to)) concerns.push('other-libraries')
    }
    if (concerns.length === 0) return []
    const path = from?.path ?? to?.path ?? ''
    return [{ path, concerns, ...(a ? { from: a } : {}), ...(b ? { to: b } : {}) }]
  })
  const rank = ({ concerns }: BinaryDifference) => (concerns.includes('wrong-architecture') ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}

/** Loaders are named among the libraries on some architectures and not on others. */
function librariesOf({ needed = [] }: BinaryState, nameOf: (text: string) => string): string {
  return needed
    .map(nameOf)
    .filter((name) => name !== '{loader}')
    .sort()
    .join(' ')
}

function stateOf({ path, program }: TreeEntry, platform: Platform): BinaryState | undefined {
  if (!program) return undefined
  if (program.kind !== 'elf') return { path, kind: program.kind }
  return {
    path,
    kind: 'elf',
    machine: describeElf(program),
    agrees: elfMatchesPlatform(program, platform).kind,
    linkage: program.linkage.kind,
    ...(program.needed ? { needed: program.needed } : {}),
  }
}
