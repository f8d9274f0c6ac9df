import { runsOn } from '#lib/image/elf-exemptions.ts'
import { architectureOf } from '#lib/oci/architecture-names.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { ImageFiles } from './image-files.ts'
import { layersOf, samples } from './samples.ts'

const TRIPLET_FOLDER = /^((?:usr\/(?:local\/)?)?lib\/([a-z0-9_]+)-linux-(?:gnu|musl)[a-z0-9]*)\/./

/** DIR-001: a folder for another architecture's libraries has files in it. https://wiki.debian.org/Multiarch/Tuples */
export const dir001 = defineCheck<ImageFiles>(
  'DIR-001',
  ({ platform, entries, layers }) => {
    if (canonicalPlatform(platform).os !== 'linux') return []
    const files = entries.flatMap(({ path, type, layer }) => {
      const [, folder, name = ''] = TRIPLET_FOLDER.exec(path) ?? []
      const architecture = architectureOf(name)
      const isForeign = type !== 'directory' && architecture !== undefined && !runsOn(architecture, platform)
      return folder !== undefined && isForeign ? [{ path, folder, layer }] : []
    })
    return [...Map.groupBy(files, ({ folder }) => folder)].map(([folder, group]) => ({
      platform: platformText(platform),
      evidence: { folder, ...samples(group.map(({ path }) => path)), layers: layersOf(group, layers) },
    }))
  },
  ({ gaps }) => gaps,
)
