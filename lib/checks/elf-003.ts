import type { Elf } from '#lib/image/elf.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { ImageFiles } from './image-files.ts'
import type { StartFacts } from './job-facts.ts'
import { samples } from './samples.ts'

/**
 * ELF-003: the loader that a binary names is not in the image, or is for another architecture. A binary of another
 * architecture lacks its loader as a matter of course: that is ELF-001’s.
 */
export const elf003 = defineCheck<StartFacts>('ELF-003', ({ platform, resolution }) => {
  if (resolution?.kind !== 'found' && resolution?.kind !== 'missing-loader') return []
  const text = platformText(platform)
  const isForeign = (elf: Elf) => elfMatchesPlatform(elf, platform).kind === 'differs'
  const wrong = resolution.programs.flatMap(({ path, elf, loader }) => {
    if (loader === undefined || isForeign(elf) || (loader.elf && !isForeign(loader.elf))) return []
    const found = loader.elf ? { found: describeElf(loader.elf) } : {}
    return [{ platform: text, evidence: { path, loader: loader.path, reason: 'wrong', ...found } }]
  })
  if (resolution.kind === 'found' || isForeign(resolution.elf)) return wrong
  const { path, interpreter } = resolution
  return [...wrong, { platform: text, evidence: { path, loader: interpreter, reason: 'missing' } }]
})

/**
 * ELF-003 for all programs on PATH, from the layers: a warning, since nobody says that they are ever started. What
 * starts with the container is told above.
 */
export const elf003OnPath = defineCheck<ImageFiles>(
  'ELF-003',
  ({ platform, resolution, loaders }) => {
    const started = new Set(resolution && 'chain' in resolution ? resolution.chain : [])
    return loaders.flatMap(({ loader, paths, state, found }) => {
      const others = paths.filter((path) => !started.has(`/${path}`))
      if (others.length === 0) return []
      const evidence = { loader, reason: state, ...samples(others), ...(found ? { found } : {}) }
      return [{ platform: platformText(platform), severity: 'warning' as const, evidence }]
    })
  },
  ({ gaps }) => gaps,
)
