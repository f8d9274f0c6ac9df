'use client'

import type { ReactNode } from 'react'
import { Field, TextInput } from '#components/ui/field.tsx'
import type { FormLimits, FormTextField, PlatformProblems, PlatformValues } from './platform-values.ts'

/** Lines of the form about all platforms or about one: what they hold, what is wrong, and how they change. */
export interface PlatformPartProps {
  readonly values: PlatformValues
  /** Of lines about one platform: what is asked of the others, which holds where a line is left empty. */
  readonly others?: PlatformValues | undefined
  readonly problems: PlatformProblems
  readonly limits: FormLimits
  readonly onChange: (change: Partial<PlatformValues>) => void
}

interface FormFieldProps extends Omit<PlatformPartProps, 'limits'> {
  /** Which of the form’s lines this is. */
  readonly name: FormTextField
  readonly label: string
  readonly placeholder: string
  readonly hint?: ReactNode
  /** Digits are asked for on a phone; other text is code. */
  readonly kind?: 'whole' | 'decimal' | 'code'
}

/** One line of the form, bound to its value and its problem. */
export function FormField({
  values,
  others,
  problems,
  onChange,
  name,
  label,
  placeholder,
  hint,
  kind,
}: FormFieldProps) {
  const inputMode = kind === 'whole' ? 'numeric' : kind === 'decimal' ? 'decimal' : undefined
  const inherited = others?.[name].trim() ?? ''
  return (
    <Field label={label} problem={problems[name]} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          {...(inputMode ? { inputMode } : { className: 'mono' })}
          placeholder={inherited === '' ? placeholder : inherited}
          value={values[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}
