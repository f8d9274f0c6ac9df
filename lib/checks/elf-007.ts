import { canonicalPlatform, type Platform, platformText } from '#lib/oci/platform.ts'
import { distributionFloor, type Floor, goFloor, x86Floor } from './cpu-floor.ts'
import { defineCheck, type Report } from './define-check.ts'
import { groupReports, ownElfFiles } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/**
 * ELF-007: it needs a newer processor than the platform's name says. Information where it is common by now or where the
 * distribution decides, a warning where it leaves out many machines. What the platform's variant says is no surprise.
 */
export const elf007 = defineCheck<ImageFiles>(
  'ELF-007',
  (files) => {
    const platform = platformText(files.platform)
    const floors = ownElfFiles(files).flatMap((file) => {
      if (/(^|\/)glibc-hwcaps\//.test(file.path)) return []
      const ofGo = goFloor(file.elf.go?.settings ?? {}, files.platform)
      const floor = ofGo ?? x86Floor(file.elf.isaLevel)
      return floor && exceeds(floor, files.platform) ? [{ file, floor, because: ofGo ? 'go' : 'elf' }] : []
    })
    const groups = Map.groupBy(floors, ({ floor, because }) => `${because} ${floor.needs}`)
    const ofFiles = [...groups.values()].flatMap((group) => {
      const [{ floor, because } = { floor: undefined, because: '' }] = group
      const same = group.map(({ file }) => ({ ...file, isInUse: true }))
      const severity = floor?.isRare ? ('warning' as const) : ('info' as const)
      const said = { needs: floor?.needs ?? '', because }
      return groupReports(
        same,
        files,
        () => said,
        () => ({ platform, severity }),
      )
    })
    return [...ofFiles, ...ofDistribution(files)]
  },
  ({ gaps }) => gaps,
)

function ofDistribution({ platform, osRelease }: ImageFiles): Report[] {
  const floor = osRelease && distributionFloor(osRelease, platform)
  if (!floor || !exceeds(floor, platform)) return []
  const distribution = [osRelease.id, osRelease.version].join(' ')
  return [
    {
      platform: platformText(platform),
      evidence: { needs: floor.needs, because: 'distribution', distribution, path: osRelease.path },
    },
  ]
}

function exceeds({ level }: Floor, platform: Platform): boolean {
  const stated = /(\d+)(?:\.(\d+))?$/.exec(canonicalPlatform(platform).variant ?? '')
  return level > (stated ? Number(stated[1]) + Number(stated[2] ?? 0) / 100 : 0)
}
