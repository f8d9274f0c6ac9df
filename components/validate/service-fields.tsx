'use client'

import { CheckLine } from '#components/ui/field.tsx'
import { FormField, type PlatformPartProps } from './form-field.tsx'

/** What a service has to show while it runs. It is asked as a whole: nothing of it is taken from the other platforms. */
export function ServiceFields({ others: _, ...part }: PlatformPartProps) {
  const { values, limits, onChange } = part
  const isAsked = values.port.trim() !== '' || values.health
  return (
    <fieldset className="grid gap-4 border-line border-l-2 pl-4">
      <legend className="sr-only">What the service has to show</legend>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,8rem)_minmax(0,1fr)]">
        <FormField {...part} name="port" label="Port" placeholder="none" kind="whole" />
        <FormField
          {...part}
          name="path"
          label="Path"
          placeholder="any connection is an answer"
          hint="An HTTP GET of it has to be answered with 2xx or 3xx."
        />
      </div>
      <CheckLine
        checked={values.health}
        onChange={(event) => onChange({ health: event.target.checked })}
        label="Its own health check passes"
        note="The HEALTHCHECK of the image; without one it fails."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField
          {...part}
          name="serviceSeconds"
          label="Keeps running for, seconds"
          placeholder={isAsked ? 'until it has shown that' : String(limits.serviceMs / 1_000)}
          kind="decimal"
          hint="Ports are tried from a container beside it, on its own network: it needs no other."
        />
      </div>
    </fieldset>
  )
}
