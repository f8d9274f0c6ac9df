import { ForeignText } from '#components/image/foreign-text.tsx'
import { profileFacts } from '#components/run/profile-facts.ts'
import { Field } from '#components/ui/field.tsx'
import { SelectInput } from '#components/ui/select-input.tsx'
import type { RunProfile } from '#lib/report/run-profile.ts'

/** A profile that archway.yaml offers for this repository. */
export interface ProfileChoice {
  readonly name: string
  readonly isDefault: boolean
  readonly profile: RunProfile
}

interface ProfileFieldProps {
  readonly profiles: readonly ProfileChoice[]
  /** A name, `none`, or the empty text for the repository’s default. */
  readonly value: string
  readonly onChange: (name: string) => void
}

/** Which profile of archway.yaml the run takes, and what that asks; what is written below wins over it. */
export function ProfileField({ profiles, value, onChange }: ProfileFieldProps) {
  if (profiles.length === 0) return null
  const usual = profiles.find(({ isDefault }) => isDefault)
  const taken = value === '' ? usual : profiles.find(({ name }) => name === value)
  return (
    <Field
      label="Profile of archway.yaml"
      className="card mb-3 px-[18px] py-4 max-sm:px-3.5"
      hint={
        taken ? (
          <>
            <ForeignText
              text={profileFacts(taken.profile).join(' · ')}
              maxLength={600}
              className="break-words"
            />
            . What is written below wins over it.
          </>
        ) : (
          'The image as it is, and what is written below.'
        )
      }
    >
      {(control) => (
        <SelectInput {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{usual ? `${usual.name}, this repository’s default` : 'none'}</option>
          {profiles
            .filter(({ name }) => name !== usual?.name)
            .map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          {usual && <option value="none">none</option>}
        </SelectInput>
      )}
    </Field>
  )
}
