import type { FormLimits } from './platform-values.ts'
import type { FormProblems, FormValues } from './validate-form.ts'

/** A part of the form: what the form holds, what is wrong, and how it changes. */
export interface FormPartProps {
  readonly values: FormValues
  readonly problems: FormProblems
  readonly limits: FormLimits
  readonly onChange: (change: Partial<FormValues>) => void
}
