import type { Elf } from '#lib/image/elf.ts'
import { canonicalPlatform, type Platform, platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { groupReports, ownElfFiles } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/**
 * ELF-006: the right machine, and another calling convention. On ARM a binary may keep silent on how it passes
 * floating-point numbers (Go's do); only what says so is judged. https://refspecs.linuxfoundation.org/elf/
 */
export const elf006 = defineCheck<ImageFiles>(
  'ELF-006',
  (files) =>
    groupReports(
      ownElfFiles(files).filter(({ elf }) => foreignAbi(elf, files.platform) !== undefined),
      files,
      ({ elf }) => ({ ...foreignAbi(elf, files.platform) }),
      (isInUse) => ({ platform: platformText(files.platform), severity: isInUse ? 'error' : 'warning' }),
    ),
  ({ gaps }) => gaps,
)

function foreignAbi(
  { flags, machine }: Elf,
  platform: Platform,
): { readonly found: string; readonly expected: string } | undefined {
  const { architecture, variant } = canonicalPlatform(platform)
  switch (architecture) {
    case 'ppc64le':
      return (flags & 3) % 2 === 1 ? { found: 'ELFv1', expected: 'ELFv2' } : undefined
    case 'arm':
      if (flags >>> 24 !== 5) return { found: `EABI version ${flags >>> 24}`, expected: 'EABI version 5' }
      return (variant ?? 'v7') === 'v7' && flags & 0x200
        ? { found: 'soft-float', expected: 'hard-float' }
        : undefined
    case 'riscv64':
      return machine === 243 && (flags & 6) !== 4
        ? { found: RISCV_FLOATS[(flags & 6) >> 1] ?? '', expected: 'double-float' }
        : undefined
    default:
      return undefined
  }
}

const RISCV_FLOATS = ['soft-float', 'single-float', 'double-float', 'quad-float']
