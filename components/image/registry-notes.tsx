import { formatCount } from '#components/ui/plural.ts'
import { ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { ForeignText } from './foreign-text.tsx'

/** Below this share of a rate limit, what is left of it is worth a warning. */
const SCARCE_SHARE = 0.25

/** What the registry said beside its answers: warnings, and how much of a rate limit is left. */
export function RegistryNotes({ image }: { image: ImageResponse }) {
  const { warnings, quota } = image
  if (warnings.length === 0 && quota === undefined) return null
  const isScarce = quota !== undefined && quota.remaining < quota.limit * SCARCE_SHARE
  return (
    <ul className="mt-6 grid gap-1 text-note">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-1.5 text-warn">
          <ToneIcon tone="warn" className="mt-[3px] size-3 shrink-0" />
          <span className="min-w-0 break-words">
            The registry says: <ForeignText text={warning} maxLength={500} />
          </span>
        </li>
      ))}
      {quota && (
        <li className={isScarce ? 'text-warn' : 'text-muted'}>
          Rate limit of the registry: {formatCount(quota.remaining)} of {formatCount(quota.limit)} left in a
          window of {windowText(quota.windowSeconds)}.
        </li>
      )}
    </ul>
  )
}

function windowText(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}
