import type { Elf } from '#lib/image/elf.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { JobFacts } from './job-facts.ts'

/**
 * ELF-003: the loader that a binary names is not in the image, or is for another architecture. A binary of another
 * architecture lacks its loader as a matter of course: that is ELF-001’s.
 */
export const elf003 = defineCheck<JobFacts>('ELF-003', ({ platform, resolution }) => {
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
