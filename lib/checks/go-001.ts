import { runsOn } from '#lib/image/elf-exemptions.ts'
import { canonicalPlatform, platformText } from '#lib/oci/platform.ts'
import { defineCheck } from './define-check.ts'
import { elfFiles, groupReports } from './elf-files.ts'
import type { ImageFiles } from './image-files.ts'

/**
 * GO-001: Go was told another system or architecture than the platform's. It says how a foreign binary came to be, and
 * finds what no header tells: programs for other systems of the same machine.
 */
export const go001 = defineCheck<ImageFiles>(
  'GO-001',
  (files) => {
    const { os, architecture } = canonicalPlatform(files.platform)
    const foreign = elfFiles(files).filter(({ elf }) => {
      const { GOOS = os, GOARCH = architecture } = elf.go?.settings ?? {}
      return GOOS !== os || !runsOn(GOARCH, files.platform)
    })
    return groupReports(
      foreign,
      files,
      ({ elf }) => {
        const { GOOS = os, GOARCH = architecture } = elf.go?.settings ?? {}
        return { found: `${GOOS}/${GOARCH}`, expected: `${os}/${architecture}` }
      },
      (isInUse) => ({ platform: platformText(files.platform), severity: isInUse ? 'error' : 'warning' }),
    )
  },
  ({ gaps }) => gaps,
)
