import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { groupReports, ownElfFiles } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/** The largest page of the platform's kernels. */
const LARGEST_PAGE_BYTES = 0x10000

/**
 * ELF-004: segments are aligned to less than 64 KiB. POWER distributions run with such pages as a rule: an error for
 * what is in use there. On arm64 they are one choice of several: a warning.
 */
export const elf004 = defineCheck<ImageFiles>(
  'ELF-004',
  (files) => {
    const { architecture } = canonicalPlatform(files.platform)
    if (architecture !== 'ppc64le' && architecture !== 'arm64') return []
    const narrow = ownElfFiles(files).filter(
      ({ elf }) => elf.maxAlignBytes !== undefined && elf.maxAlignBytes < LARGEST_PAGE_BYTES,
    )
    return groupReports(
      narrow,
      files,
      ({ elf }) => ({ alignBytes: String(elf.maxAlignBytes) }),
      (isInUse) => ({
        platform: platformText(files.platform),
        severity: isInUse && architecture === 'ppc64le' ? 'error' : 'warning',
      }),
    )
  },
  ({ gaps }) => gaps,
)
