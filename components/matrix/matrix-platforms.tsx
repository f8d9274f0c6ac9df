import { ToggleChip } from '#components/ui/chip.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { plural } from '#components/ui/plural.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import { comparePlatformTexts } from '#lib/oci/platform.ts'
import { toggledPlatforms } from './matrix-address.ts'

/** As the API has it. */
const PLATFORMS_MAX = 16

interface MatrixPlatformsProps {
  readonly matrix: MatrixResponse
  readonly onChange: (platforms: readonly string[]) => void
}

/** Which platforms are compared, where there are more than two. */
export function MatrixPlatforms({ matrix: { platforms, leftOut }, onChange }: MatrixPlatformsProps) {
  const chosen = platforms.map(({ platform }) => platform)
  const others = leftOut.flatMap(({ platform, reason }) =>
    platform !== undefined && (reason === 'not-asked' || reason === 'too-many') ? [platform] : [],
  )
  const all = [...chosen, ...others].sort(comparePlatformTexts)
  if (all.length < 3) return null
  const beyond = leftOut.filter(({ reason }) => reason === 'too-many').length
  return (
    <fieldset className="mt-5 flex flex-wrap items-center gap-2 print:hidden">
      <legend className="sr-only">Platforms</legend>
      {all.map((platform) => {
        const isChosen = chosen.includes(platform)
        return (
          <ToggleChip
            key={platform}
            pressed={isChosen}
            disabled={isChosen ? chosen.length <= 2 : chosen.length >= PLATFORMS_MAX}
            onClick={() => onChange(toggledPlatforms(chosen, all, platform))}
          >
            <PlatformName platform={platform} short />
          </ToggleChip>
        )
      })}
      {beyond > 0 && (
        <span className="text-muted text-note">
          {plural(PLATFORMS_MAX, 'platform')} at a time; {plural(beyond, 'more is', 'more are')} not looked at
        </span>
      )}
    </fieldset>
  )
}
