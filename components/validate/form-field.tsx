'use client'

import type { ReactNode } from 'react'
import { Field, TextInput } from '#components/ui/field.tsx'
import type { FormLimits, FormProblems, FormTextField, FormValues } from './validate-form.ts'

/** A part of the form: what it holds, what is wrong, and how it changes. */
export interface FormPartProps {
  readonly values: FormValues
  readonly problems: FormProblems
  readonly limits: FormLimits
  readonly onChange: (change: Partial<FormValues>) => void
}

interface FormFieldProps extends Omit<FormPartProps, 'limits'> {
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
  problems,
  onChange,
  name,
  label,
  placeholder,
  hint,
  kind,
}: FormFieldProps) {
  const inputMode = kind === 'whole' ? 'numeric' : kind === 'decimal' ? 'decimal' : undefined
  return (
    <Field label={label} problem={problems[name]} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          {...(inputMode ? { inputMode } : { className: 'mono' })}
          placeholder={placeholder}
          value={values[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}
