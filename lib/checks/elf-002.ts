import { describeElf, describeExpectedElf } from '#lib/image/elf-machine.ts'
import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { elfFiles, groupReports, isToldElsewhere } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/**
 * ELF-002: programs or libraries of another architecture, anywhere in the image. An error where they are looked for
 * when something starts, a warning elsewhere. What lies there for a reason is exempt (`elf-exemptions.ts`).
 */
export const elf002 = defineCheck<ImageFiles>(
  'ELF-002',
  (files) => {
    const expected = describeExpectedElf(files.platform)
    if (expected === undefined) return []
    const foreign = elfFiles(files).filter(
      (file) => file.match === 'differs' && !isToldElsewhere(file, files),
    )
    return groupReports(
      foreign,
      files,
      ({ elf }) => ({ found: describeElf(elf), expected }),
      (isInUse) => ({ platform: platformText(files.platform), severity: isInUse ? 'error' : 'warning' }),
    )
  },
  ({ gaps }) => gaps,
)
