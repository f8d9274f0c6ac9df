'use client'

import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Fold } from './fold.tsx'
import type { FormPartProps } from './form-part.ts'
import { OverrideFields } from './override-fields.tsx'
import { emptyOverride, type OverrideRow } from './overrides.ts'

interface OverridesFieldProps extends FormPartProps {
  /** The platforms that the run is about. */
  readonly platforms: readonly string[]
}

/** What single platforms are asked otherwise; folded until asked for, and not there for one platform alone. */
export function OverridesField({ platforms, values, problems, limits, onChange }: OverridesFieldProps) {
  const adding = useRef<HTMLFieldSetElement>(null)
  const rows = values.overrides.filter(({ platform }) => platforms.includes(platform))
  const left = platforms.filter((each) => !rows.some(({ platform }) => platform === each))
  if (platforms.length < 2 && rows.length === 0) return null
  const change = (platform: string, by: Partial<OverrideRow>) =>
    onChange({
      overrides: values.overrides.map((row) => (row.platform === platform ? { ...row, ...by } : row)),
    })
  const remove = (platform: string) => {
    onChange({ overrides: values.overrides.filter((row) => row.platform !== platform) })
    adding.current?.focus()
  }
  return (
    <Fold
      title="Different on one platform"
      told={rows.length === 0 ? 'all alike' : rows.map(({ platform }) => platform).join(', ')}
      isWrong={problems.overrides !== undefined}
    >
      <p className="text-muted text-note">
        What is written here holds on that platform in place of the above; what is left empty is as on the
        others.
      </p>
      {rows.map((row) => (
        <OverrideFields
          key={row.platform}
          row={row}
          others={values}
          problems={problems.overrides?.[row.platform] ?? {}}
          limits={limits}
          onChange={(by) => change(row.platform, by)}
          onRemove={() => remove(row.platform)}
        />
      ))}
      <fieldset
        ref={adding}
        tabIndex={-1}
        className="flex flex-wrap items-center gap-x-2 gap-y-1.5 outline-none"
      >
        <legend className="sr-only">Ask a platform otherwise</legend>
        {left.map((platform) => (
          <Button
            key={platform}
            size="small"
            onClick={() => onChange({ overrides: [...values.overrides, emptyOverride(platform)] })}
          >
            <Plus aria-hidden="true" className="size-3.5 text-muted" />
            <span className="sr-only">Ask otherwise: </span>
            <span className="mono">{platform}</span>
          </Button>
        ))}
      </fieldset>
    </Fold>
  )
}
