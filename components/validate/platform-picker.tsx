'use client'

import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { PlatformChoice, PlatformOffer } from './platform-choices.ts'

interface PlatformPickerProps {
  readonly choices: readonly PlatformChoice[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** The platforms of the image, each with what the engines here do with it. */
export function PlatformPicker({ choices, chosen, onChange }: PlatformPickerProps) {
  const toggle = (platform: string) => {
    const next = new Set(chosen)
    if (!next.delete(platform)) next.add(platform)
    onChange(next)
  }
  return (
    <fieldset className="card divide-y divide-line overflow-hidden">
      <legend className="sr-only">Platforms to run</legend>
      {choices.map(({ platform, entry, offer }) => (
        <label
          key={platform}
          className="grid cursor-pointer grid-cols-[auto_minmax(0,10rem)_minmax(0,1fr)_auto] items-baseline gap-x-3.5 gap-y-0.5 px-[18px] py-2.5 hover:bg-sunken/60 max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:px-3.5"
        >
          <input
            type="checkbox"
            name="platform"
            value={platform}
            checked={chosen.has(platform)}
            onChange={() => toggle(platform)}
            className="size-4 translate-y-[3px] accent-accent"
          />
          <PlatformName platform={platform} className="font-semibold" />
          <span className="min-w-0 max-sm:col-span-2 max-sm:col-start-2 max-sm:row-start-2">
            <Offer offer={offer} />
            {entry.presence === 'missing' && (
              <span className="block text-fail text-note">The registry does not have it: it will fail.</span>
            )}
          </span>
          <span className="text-right text-muted tabular-nums">
            {entry.sizeBytes === undefined ? '' : formatBytes(entry.sizeBytes)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Offer({ offer }: { offer: PlatformOffer }) {
  switch (offer.kind) {
    case 'asking':
      return (
        <>
          <Skeleton className="h-3 w-40" />
          <span className="sr-only">asking the engines</span>
        </>
      )
    case 'cannot':
      return (
        <>
          <Mark tone="skip">Nothing here can run it</Mark>
          <span className="block break-words text-muted text-note">{offer.reason}</span>
        </>
      )
    case 'untried':
      return (
        <span className="text-muted">
          not tried yet: an engine for its system is there, the run will show whether it can
        </span>
      )
    case 'native':
    case 'emulated':
      return (
        <span className="break-words text-muted">
          <span className={cn('font-[550]', offer.kind === 'emulated' ? 'text-ink' : 'text-pass')}>
            {offer.kind}
          </span>
          {' · '}
          {offer.engine}
        </span>
      )
  }
}
