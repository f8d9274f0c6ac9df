import type { Platform } from '#lib/oci/platform.ts'
import { elfMatchesPlatform } from './elf-machine.ts'
import type { EntrypointResolution, StartedProgram } from './resolve-entrypoint.ts'

/** The binaries of a resolution that were seen, also where the last one cannot start. */
export function seenPrograms(resolution: EntrypointResolution): readonly Omit<StartedProgram, 'loader'>[] {
  switch (resolution.kind) {
    case 'found':
      return resolution.programs
    case 'missing-loader':
      return [...resolution.programs, { path: resolution.path, role: 'entrypoint', elf: resolution.elf }]
    default:
      return []
  }
}

/**
 * Whether what executes at the start is of the platform: all of it, some of it is not (or is nothing that Linux
 * executes), or it cannot be told because no binary was seen or the platform has no table row.
 */
export function matchBinaries(
  resolution: EntrypointResolution,
  platform: Platform,
): 'match' | 'differ' | 'unknown' {
  if (resolution.kind === 'not-elf') return 'differ'
  const kinds = seenPrograms(resolution).map(({ elf }) => elfMatchesPlatform(elf, platform).kind)
  if (kinds.includes('differs')) return 'differ'
  return kinds.length === 0 || kinds.includes('unknown') ? 'unknown' : 'match'
}
