import { runsOn } from '#lib/image/elf-exemptions.ts'
import { pythonExtensionArchitecture, wheelTarget } from '#lib/image/packages/python.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck, type Report } from './define-check.ts'
import type { ImageFiles } from './image-files.ts'
import { layersOf, samples } from './samples.ts'

/**
 * PY-001: a Python package was built for another platform, by the tags of its wheel or by the names of its extension
 * modules. Python does not load those, and says that the module does not exist.
 */
export const py001 = defineCheck<ImageFiles>(
  'PY-001',
  (files) => [...ofWheels(files), ...ofModules(files)],
  ({ packageGaps }) => packageGaps,
)

function ofWheels({ platform, packages, layers }: ImageFiles): Report[] {
  const { os } = canonicalPlatform(platform)
  const foreign = packages.filter(({ type, architecture }) => {
    const target = type === 'python' ? wheelTarget(architecture ?? '') : undefined
    if (target === undefined) return false
    return target.os !== os || (target.architecture !== undefined && !runsOn(target.architecture, platform))
  })
  return [...Map.groupBy(foreign, ({ architecture }) => architecture)].map(([tag, group]) => {
    const { count, paths } = samples(group.map(({ name }) => name))
    const evidence = { what: 'wheels', found: tag, count, packages: paths, layers: layersOf(group, layers) }
    return { platform: platformText(platform), evidence }
  })
}

function ofModules({ platform, entries, layers }: ImageFiles): Report[] {
  const modules = entries.flatMap(({ path, type, layer }) => {
    const architecture = type === 'directory' ? undefined : pythonExtensionArchitecture(path)
    return architecture !== undefined && !runsOn(architecture, platform)
      ? [{ path, layer, architecture }]
      : []
  })
  return [...Map.groupBy(modules, ({ architecture }) => architecture)].map(([found, group]) => ({
    platform: platformText(platform),
    evidence: {
      what: 'modules',
      found,
      ...samples(group.map(({ path }) => path)),
      layers: layersOf(group, layers),
    },
  }))
}
