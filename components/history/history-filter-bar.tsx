import { SelectChip } from '#components/ui/select-chip.tsx'
import type { AddressChange } from '#components/ui/use-address.ts'
import type { HistoryPlace } from '#lib/client/page-paths.ts'

interface HistoryFilterBarProps {
  readonly place: HistoryPlace
  readonly tags: readonly string[]
  readonly platforms: readonly string[]
  readonly onChange: (change: AddressChange) => void
}

/** What narrows a history. All of it is in the address. */
export function HistoryFilterBar({ place, tags, platforms, onChange }: HistoryFilterBarProps) {
  return (
    <search className="mb-3 flex flex-wrap gap-2.5">
      <Choice
        label="Tag"
        every="Every tag"
        value={place.tag}
        values={tags}
        onChange={(tag) => onChange({ tag })}
      />
      <Choice
        label="Platform"
        every="Every platform"
        value={place.platform}
        values={platforms}
        onChange={(platform) => onChange({ platform })}
      />
    </search>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly every: string
  readonly value: string | undefined
  readonly values: readonly string[]
  readonly onChange: (value: string) => void
}

function Choice({ label, every, value = '', values, onChange }: ChoiceProps) {
  const known = value === '' || values.includes(value) ? values : [value, ...values]
  return (
    <SelectChip
      label={label}
      on={value !== ''}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{every}</option>
      {known.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </SelectChip>
  )
}
