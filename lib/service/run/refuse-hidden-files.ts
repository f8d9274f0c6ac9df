import { AppError } from '#lib/errors/app-error.ts'
import { profileFor } from '#lib/report/platform-profile.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import type { ReadImage } from '../read-image.ts'

/**
 * Throws `request_invalid` for a file that its program would never see: the image’s own volumes start empty in the sandbox.
 */
export function refuseHiddenFiles(
  profile: RunProfile,
  jobs: readonly { readonly platform: string; readonly image: ReadImage | undefined }[],
): void {
  for (const { platform, image } of jobs) {
    const { files = {} } = profileFor(profile, platform)
    for (const path of Object.keys(files)) {
      const volume = image?.config?.volumes.find((each) => path.startsWith(`${each.replace(/\/+$/, '')}/`))
      if (volume === undefined) continue
      throw new AppError(
        'request_invalid',
        `The file ${path} lies in ${volume}, a volume of the image for ${platform}, which starts empty.`,
        { hint: 'Have the program read it from another place.' },
      )
    }
  }
}
