import type { Elf } from '#lib/image/elf.ts'
import type { ElfDetails } from '#lib/image/elf-details.ts'
import { exemptionOf, isOnPath, runsOn } from '#lib/image/elf-exemptions.ts'
import { elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { seenPrograms } from '#lib/image/match-binaries.ts'
import { pythonExtensionArchitecture } from '#lib/image/packages/python.ts'
import type { Report } from './define-check.ts'
import type { ImageFiles } from './image-files.ts'
import { layersOf, samples } from './samples.ts'

/** A binary that concerns somebody: exempt ones are left out, other names of one file too. */
export interface ElfFile {
  readonly path: string
  readonly layer: number
  readonly elf: Elf & ElfDetails
  readonly match: 'matches' | 'differs' | 'unknown'
  /** Where programs and libraries are looked for, or what starts with the container. */
  readonly isInUse: boolean
}

/** How many binaries there are, and what became of them. */
export interface BinaryCounts {
  readonly seen: number
  readonly matching: number
  readonly differing: number
  /** Of another machine, for a reason: firmware, cross compilers, test data. */
  readonly exempt: number
}

const cache = new WeakMap<readonly unknown[], readonly ElfFile[]>()

/** The programs and libraries that checks look at. */
export function elfFiles({ entries, platform, resolution }: ImageFiles): readonly ElfFile[] {
  const known = cache.get(entries)
  if (known) return known
  const started = new Set((resolution ? seenPrograms(resolution) : []).map(({ path }) => path))
  const files = entries.flatMap(({ path, layer, program, hardLinkTo }): ElfFile[] => {
    if (program?.kind !== 'elf' || hardLinkTo !== undefined) return []
    if (exemptionOf(path, program, platform) !== undefined) return []
    const isInUse = isOnPath(path) || started.has(`/${path}`)
    return [{ path, layer, elf: program, match: elfMatchesPlatform(program, platform).kind, isInUse }]
  })
  cache.set(entries, files)
  return files
}

/** Those for the platform's own machine that a kernel or a loader maps. */
export function ownElfFiles(files: ImageFiles): readonly ElfFile[] {
  return elfFiles(files).filter(
    ({ elf, match }) => match === 'matches' && (elf.type === 'executable' || elf.type === 'shared'),
  )
}

/** Every binary of an image counted. */
export function countBinaries(files: ImageFiles): BinaryCounts {
  const all = files.entries.filter(
    ({ program, hardLinkTo }) => program?.kind === 'elf' && hardLinkTo === undefined,
  )
  const looked = elfFiles(files)
  const differing = looked.filter(({ match }) => match === 'differs').length
  const exempt = all.filter(
    ({ path, program }) =>
      program?.kind === 'elf' &&
      elfMatchesPlatform(program, files.platform).kind === 'differs' &&
      exemptionOf(path, program, files.platform) !== undefined,
  ).length
  return { seen: all.length, matching: all.length - differing - exempt, differing, exempt }
}

/** Whether another check tells of a file already: ELF-001 of what starts, PY-001 of what its name gives away. */
export function isToldElsewhere({ path }: ElfFile, { platform, resolution }: ImageFiles): boolean {
  const started = resolution ? seenPrograms(resolution) : []
  if (started.some((program) => program.path === `/${path}`)) return true
  const named = pythonExtensionArchitecture(path)
  return named !== undefined && !runsOn(named, platform)
}

/** Files of one kind as one report, those in use apart from the others. */
export function groupReports(
  files: readonly ElfFile[],
  { layers }: ImageFiles,
  describe: (file: ElfFile) => Readonly<Record<string, string>>,
  make: (isInUse: boolean) => Pick<Report, 'severity' | 'platform'>,
): Report[] {
  const groups = Map.groupBy(files, (file) => JSON.stringify([file.isInUse, describe(file)]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const evidence = {
      ...describe(first),
      place: first.isInUse ? 'path' : 'elsewhere',
      ...samples(group.map(({ path }) => path)),
      layers: layersOf(group, layers),
    }
    return [{ ...make(first.isInUse), evidence }]
  })
}
