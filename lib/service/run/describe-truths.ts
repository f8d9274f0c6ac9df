import type { EngineImage, EngineInfo } from '#lib/engine/engine.ts'
import { describeElf, describeExpectedElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { matchBinaries, seenPrograms } from '#lib/image/match-binaries.ts'
import type { EntrypointResolution } from '#lib/image/resolve-entrypoint.ts'
import { type Platform, platformsAgree, platformText, rawPlatformText } from '#lib/oci/platform.ts'
import { ENGINE_NAMES } from '#lib/report/engine-names.ts'
import type { Machine } from '#lib/report/machine.ts'
import type { ReportEngine, ReportTruths } from '#lib/report/model.ts'
import type { ReadImage } from '../read-image.ts'

/** What index and config say, each as stated. */
export function registryTruths(wanted: Platform, { indexPlatform, config }: ReadImage): ReportTruths {
  const stated = config?.platform
  return {
    ...(indexPlatform ? { index: rawPlatformText(indexPlatform) } : {}),
    ...(stated
      ? { config: { platform: rawPlatformText(stated), agrees: platformsAgree(wanted, stated) } }
      : {}),
  }
}

/** What the engine says of the image it was given. */
export function engineTruth(wanted: Platform, image: EngineImage): NonNullable<ReportTruths['engine']> {
  return { platform: platformText(image.platform), agrees: platformsAgree(wanted, image.platform) }
}

/** What the binaries that execute at the start are. */
export function binariesTruth(
  wanted: Platform,
  resolution: EntrypointResolution,
): NonNullable<ReportTruths['binaries']> {
  const expected = describeExpectedElf(wanted)
  const loaders = resolution.kind === 'found' ? resolution.programs.map(({ loader }) => loader?.path) : []
  return {
    scope: 'entrypoint',
    match: matchBinaries(resolution, wanted),
    outcome: resolution.kind,
    ...(expected ? { expected } : {}),
    chain: [...resolution.chain],
    programs: seenPrograms(resolution).map(({ path, role, elf }, position) => {
      const loader = loaders[position]
      const match = elfMatchesPlatform(elf, wanted).kind
      return { path, role, elf: describeElf(elf), match, ...(loader ? { loader } : {}) }
    }),
  }
}

/** The engine as a report keeps it: without its address, with what is known of how it executes the platform. */
export function reportEngine(
  { kind, name, version, architecture, kernel }: EngineInfo,
  { emulator, cpu, pageSizeBytes }: Machine = {},
): ReportEngine {
  return {
    ...{ kind, name, version, architecture, kernel },
    ...(emulator === undefined ? {} : { emulator }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(pageSizeBytes === undefined ? {} : { pageSizeBytes }),
  }
}

/** `Docker 20.10.24 on build-1`. */
export function engineLabel({ kind, name, version }: EngineInfo): string {
  return `${ENGINE_NAMES[kind]} ${version} on ${name}`
}
