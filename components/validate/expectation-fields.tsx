'use client'

import { ForeignText } from '#components/image/foreign-text.tsx'
import { wholeSeconds } from '#components/ui/duration.ts'
import { CheckLine, Field, TextInput } from '#components/ui/field.tsx'
import type { PlatformChoice } from './platform-choices.ts'
import { type FormLimits, type FormProblems, type FormValues, previewExpectation } from './validate-form.ts'

/** A part of the form: what it holds, what is wrong, and how it changes. */
export interface FormPartProps {
  readonly values: FormValues
  readonly problems: FormProblems
  readonly limits: FormLimits
  readonly onChange: (change: Partial<FormValues>) => void
}

interface ExpectationFieldsProps extends FormPartProps {
  /** The platform that the preview is for. */
  readonly example: PlatformChoice | undefined
}

/** What has to happen for a platform to pass. */
export function ExpectationFields({ values, problems, limits, onChange, example }: ExpectationFieldsProps) {
  const { isService } = values
  return (
    <div className="card grid gap-4 px-[18px] py-4 max-sm:px-3.5">
      <Field
        label="Expected output"
        problem={problems.expectOutput}
        hint={<ExpectationHint text={values.expectOutput} example={example} />}
      >
        {(control) => (
          <TextInput
            {...control}
            className="mono"
            placeholder="Running on {platform}"
            value={values.expectOutput}
            onChange={(event) => onChange({ expectOutput: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {isService ? (
          <Field label="Keeps running for, seconds" problem={problems.serviceSeconds}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="decimal"
                placeholder={String(limits.serviceMs / 1_000)}
                value={values.serviceSeconds}
                onChange={(event) => onChange({ serviceSeconds: event.target.value })}
              />
            )}
          </Field>
        ) : (
          <Field label="Exit code" problem={problems.expectExitCode}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                placeholder="0"
                value={values.expectExitCode}
                onChange={(event) => onChange({ expectExitCode: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field
          label="Time limit, seconds"
          problem={problems.timeoutSeconds}
          hint={
            values.timeoutSeconds.trim() === ''
              ? `${wholeSeconds(limits.nativeMs)} natively, ${wholeSeconds(limits.emulatedMs)} emulated`
              : undefined
          }
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              placeholder={String(limits.nativeMs / 1_000)}
              value={values.timeoutSeconds}
              onChange={(event) => onChange({ timeoutSeconds: event.target.value })}
            />
          )}
        </Field>
      </div>
      <CheckLine
        checked={isService}
        onChange={(event) => onChange({ isService: event.target.checked })}
        label="It is a service"
        note="Passes when it is still running after a time, instead of by its exit code."
      />
    </div>
  )
}

function ExpectationHint({ text, example }: { text: string; example: PlatformChoice | undefined }) {
  const preview = example && previewExpectation(text, example.platform)
  if (!preview) {
    return (
      <>
        A text that must occur, or a regular expression between slashes.{' '}
        <code className="mono">{'{platform}'}</code>, <code className="mono">{'{os}'}</code> and{' '}
        <code className="mono">{'{architecture}'}</code> are filled in.
      </>
    )
  }
  return (
    <>
      On <code className="mono">{example.platform}</code> it must{' '}
      {preview.kind === 'text' ? 'write' : 'match'}{' '}
      <code className="mono break-all text-ink">
        <ForeignText text={preview.text} maxLength={300} />
      </code>
    </>
  )
}
