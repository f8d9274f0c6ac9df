'use client'

import { X } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Select } from '#components/ui/select.tsx'
import { CommandFields, ContainerFields, setWords } from './container-fields.tsx'
import { ExpectationFields } from './expectation-fields.tsx'
import { Fold } from './fold.tsx'
import type { OverrideRow } from './overrides.ts'
import type { FormLimits, PlatformProblems } from './platform-values.ts'
import type { FormValues } from './validate-form.ts'

interface OverrideFieldsProps {
  readonly row: OverrideRow
  /** What is asked of the others. */
  readonly others: FormValues
  readonly problems: PlatformProblems
  readonly limits: FormLimits
  readonly onChange: (change: Partial<OverrideRow>) => void
  readonly onRemove: () => void
}

/** What one platform is asked otherwise: what it must do, and, folded, how it is started. */
export function OverrideFields({ row, others, problems, limits, onChange, onRemove }: OverrideFieldsProps) {
  const { platform, network } = row
  const titleId = useId()
  const group = useRef<HTMLFieldSetElement>(null)
  const part = { values: row, others, problems, limits, onChange }
  const { entrypoint, command, env, files, memoryMiB, pids } = problems
  // It appears by a click, so the next key is meant for it.
  useEffect(() => group.current?.querySelector('input')?.focus(), [])
  return (
    <fieldset ref={group} aria-labelledby={titleId} className="grid gap-4 border-line border-t pt-4">
      <div className="flex items-center justify-between gap-3">
        <span id={titleId}>
          <span className="sr-only">On </span>
          <PlatformName platform={platform} className="font-semibold" />
        </span>
        <Button variant="ghost" size="icon" aria-label={`Ask ${platform} as the others`} onClick={onRemove}>
          <X aria-hidden="true" className="size-3.5" />
        </Button>
      </div>
      <ExpectationFields {...part} example={platform} />
      <Fold
        isInner
        title="Command, environment, files, limits, network"
        told={told(row)}
        isWrong={(entrypoint ?? command ?? env ?? files ?? memoryMiB ?? pids) !== undefined}
      >
        <CommandFields {...part} />
        <ContainerFields {...part} />
        <Field label="Network">
          {(control) => (
            <Select
              {...control}
              value={network}
              onChange={(event) => onChange({ network: event.target.value as OverrideRow['network'] })}
            >
              <option value="">as for the others: {others.network ? 'on it' : 'none'}</option>
              <option value="on">on it</option>
              <option value="off">none</option>
            </Select>
          )}
        </Field>
      </Fold>
    </fieldset>
  )
}

function told(row: OverrideRow): string {
  const set = [...setWords(row), row.network === '' ? undefined : 'network'].filter(
    (one) => one !== undefined,
  )
  return set.length === 0 ? 'as the others' : set.join(', ')
}
