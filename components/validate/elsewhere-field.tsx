'use client'

import { PlatformName } from '#components/ui/platform-name.tsx'
import { Fold } from './fold.tsx'
import type { PlatformChoice } from './platform-choices.ts'

interface ElsewhereFieldProps {
  /** Those that the run is about. */
  readonly choices: readonly PlatformChoice[]
  readonly awaited: readonly string[]
  readonly onChange: (awaited: readonly string[]) => void
}

/** Which platforms another machine runs, and submits: a runner on IBM Power that no engine here reaches. */
export function ElsewhereField({ choices, awaited, onChange }: ElsewhereFieldProps) {
  if (choices.length === 0) return null
  return (
    <Fold title="Results from another machine" told={awaited.length === 0 ? 'none' : awaited.join(', ')}>
      <p className="text-muted text-note">
        These do not run here. The run waits for six hours; its page shows the command that runs them on a
        native machine and submits what came of it.
      </p>
      <fieldset className="grid gap-2">
        <legend className="sr-only">Platforms to wait for</legend>
        {choices.map(({ platform, offer }) => (
          <label key={platform} className="flex items-baseline gap-2.5">
            <input
              type="checkbox"
              checked={awaited.includes(platform)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...awaited, platform] : awaited.filter((each) => each !== platform),
                )
              }
              aria-label={`Wait for ${platform}`}
              className="size-4 shrink-0 translate-y-[3px] accent-accent"
            />
            <PlatformName platform={platform} />
            <span className="text-muted text-note">{OFFERS[offer.kind]}</span>
          </label>
        ))}
      </fieldset>
    </Fold>
  )
}

const OFFERS: Readonly<Record<PlatformChoice['offer']['kind'], string>> = {
  native: 'would run natively here',
  emulated: 'would be emulated here',
  cannot: 'nothing here can run it',
  untried: 'not tried here yet',
  asking: '',
}
