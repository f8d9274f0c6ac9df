import { ForeignText } from '#components/image/foreign-text.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import type { EnginePlatformDto } from '#lib/api/engines.ts'
import { machineWords } from './machine-words.ts'
import { ModeMark } from './mode-mark.tsx'

/** What an engine was found able to run, and why not the rest. */
export function EnginePlatforms({ platforms }: { platforms: readonly EnginePlatformDto[] }) {
  return (
    <ul className="grid gap-1.5">
      {platforms.map(({ platform, mode, reason, withheld, machine }) => (
        <li key={platform} className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-x-3">
          <PlatformName platform={platform} className="leading-[21px]" />
          <span className="min-w-0">
            <ModeMark mode={mode} withheld={withheld} />
            {machine !== undefined && mode !== 'cannot' && (
              <span className="wrap-anywhere block text-muted text-note" title={machine.emulator}>
                <ForeignText text={machineWords(machine)} maxLength={300} />
              </span>
            )}
            {reason !== undefined && (
              <span className="wrap-anywhere block text-muted text-note">
                <ForeignText text={reason} maxLength={600} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
