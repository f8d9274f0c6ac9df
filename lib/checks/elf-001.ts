import { describeElf, describeExpectedElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import { seenPrograms } from '#lib/image/match-binaries.ts'
import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import type { StartFacts } from './job-facts.ts'

/** Programs of other systems. What is no program at all (text, an empty file) is RUN-001’s. */
const FOREIGN_FORMATS: readonly string[] = ['pe', 'mach-o', 'java-class', 'wasm', 'broken-elf']

/**
 * ELF-001: a binary that executes at the start is for another architecture. Looks at the entrypoint, the interpreters
 * of its scripts and what its launchers start; at nothing else in the image.
 */
export const elf001 = defineCheck<StartFacts>('ELF-001', ({ platform, resolution }) => {
  const expected = describeExpectedElf(platform)
  if (resolution === undefined || expected === undefined) return []
  const text = platformText(platform)
  if (resolution.kind === 'not-elf' && FOREIGN_FORMATS.includes(resolution.program.kind)) {
    return [
      { platform: text, evidence: { path: resolution.path, format: resolution.program.kind, expected } },
    ]
  }
  return seenPrograms(resolution).flatMap(({ path, role, elf }) => {
    const match = elfMatchesPlatform(elf, platform)
    if (match.kind !== 'differs') return []
    return [
      { platform: text, evidence: { path, role, found: describeElf(elf), expected, differsIn: match.in } },
    ]
  })
})
