import { type ExemptReason, exemptionOf, isOnPath } from '#lib/image/elf-exemptions.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import type { Platform } from '#lib/oci/platform.ts'

/** A program or library that the platform's processor cannot execute. */
export interface ForeignBinary {
  readonly path: string
  /** `x86-64, 64-bit, little-endian` */
  readonly found: string
  /** Whether it lies where programs and libraries are looked for. */
  readonly isOnPath: boolean
}

/** A program of another architecture that concerns nobody, and why. */
export interface ExemptBinary extends ForeignBinary {
  readonly exempt: ExemptReason
}

/** How many ELF files of a kind there are. */
export interface BinaryCount {
  /** In the words of `describeElf`. */
  readonly kind: string
  readonly count: number
  readonly matches: boolean
}

/** What the ELF files of one file system are. */
export interface BinarySummary {
  readonly counts: readonly BinaryCount[]
  /** Those that concern somebody. In path order. */
  readonly foreign: readonly ForeignBinary[]
  /** Those that concern nobody. In path order. */
  readonly exempt: readonly ExemptBinary[]
}

/** Looks at every ELF file of a file system meant for a platform. */
export function summariseBinaries(entries: readonly TreeEntry[], platform: Platform): BinarySummary {
  const counts = new Map<string, { count: number; matches: boolean }>()
  const foreign: ForeignBinary[] = []
  const exempt: ExemptBinary[] = []
  for (const { path, program, hardLinkTo } of entries) {
    if (program?.kind !== 'elf' || hardLinkTo !== undefined) continue
    const kind = describeElf(program)
    const match = elfMatchesPlatform(program, platform).kind
    const known = counts.get(kind) ?? { count: 0, matches: match === 'matches' }
    known.count++
    counts.set(kind, known)
    if (match !== 'differs') continue
    const reason = exemptionOf(path, program, platform)
    const found = { path, found: kind, isOnPath: isOnPath(path) }
    if (reason === undefined) foreign.push(found)
    else exempt.push({ ...found, exempt: reason })
  }
  const sorted = [...counts].map(([kind, count]) => ({ kind, ...count })).sort((a, b) => b.count - a.count)
  return { counts: sorted, foreign, exempt }
}
