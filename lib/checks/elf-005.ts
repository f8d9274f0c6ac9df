import { platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { groupReports, ownElfFiles } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/**
 * ELF-005: jemalloc is built in, which stops on pages larger than those of the machine that built it. Its bytes do not
 * say which it was built for: only a run on 64 KiB pages settles it.
 */
export const elf005 = defineCheck<ImageFiles>(
  'ELF-005',
  (files) =>
    groupReports(
      ownElfFiles(files).filter(({ elf }) => elf.jemalloc),
      files,
      () => ({}),
      () => ({ platform: platformText(files.platform) }),
    ),
  ({ gaps }) => gaps,
)
