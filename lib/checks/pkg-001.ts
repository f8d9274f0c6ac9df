import { runsOn } from '#lib/image/elf-exemptions.ts'
import { architectureOf } from '#lib/oci/architecture-names.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { ImageFiles } from './image-files.ts'
import { layersOf, samples } from './samples.ts'

const SYSTEM = new Set(['dpkg', 'apk', 'rpm'])

/**
 * PKG-001: a system's package database lists packages of another architecture. An error where they are the most: the
 * base is another architecture's. Fewer are foreign packages that somebody may have installed on purpose: a warning.
 * Packages for every architecture (`all`, `noarch`) count for none.
 */
export const pkg001 = defineCheck<ImageFiles>(
  'PKG-001',
  ({ platform, packages, layers }) => {
    if (canonicalPlatform(platform).os !== 'linux') return []
    const listed = packages.flatMap((each) => {
      const architecture = SYSTEM.has(each.type) ? architectureOf(each.architecture ?? '') : undefined
      return architecture === undefined ? [] : [{ ...each, means: architecture }]
    })
    return [...Map.groupBy(listed, ({ path }) => path)].flatMap(([path, all]) => {
      const foreign = all.filter(({ means }) => !runsOn(means, platform))
      return [...Map.groupBy(foreign, ({ architecture }) => architecture)].map(([architecture, group]) => ({
        platform: platformText(platform),
        severity: group.length * 2 > all.length ? ('error' as const) : ('warning' as const),
        evidence: {
          path,
          type: group[0]?.type,
          found: architecture,
          expected: canonicalPlatform(platform).architecture,
          own: all.length - foreign.length,
          ...named(group.map(({ name }) => name)),
          layers: layersOf(group, layers),
        },
      }))
    })
  },
  ({ packageGaps }) => packageGaps,
)

function named(names: readonly string[]) {
  const { count, paths } = samples(names)
  return { count, packages: paths }
}
