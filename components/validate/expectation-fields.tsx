'use client'

import { ForeignText } from '#components/image/foreign-text.tsx'
import { wholeSeconds } from '#components/ui/duration.ts'
import { CheckLine } from '#components/ui/field.tsx'
import { FormField, type FormPartProps } from './form-field.tsx'
import type { PlatformChoice } from './platform-choices.ts'
import { ServiceFields } from './service-fields.tsx'
import { previewExpectation } from './validate-form.ts'

interface ExpectationFieldsProps extends FormPartProps {
  /** The platform that the preview is for. */
  readonly example: PlatformChoice | undefined
}

/** What has to happen for a platform to pass. */
export function ExpectationFields({ example, ...part }: ExpectationFieldsProps) {
  const { values, limits, onChange } = part
  return (
    <div className="card grid gap-4 px-[18px] py-4 max-sm:px-3.5">
      <FormField
        {...part}
        name="expectOutput"
        label="Expected output"
        placeholder="Running on {platform}"
        hint={<ExpectationHint text={values.expectOutput} example={example} />}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {!values.isService && (
          <FormField {...part} name="expectExitCode" label="Exit code" placeholder="0" kind="whole" />
        )}
        <FormField
          {...part}
          name="timeoutSeconds"
          label="Time limit, seconds"
          placeholder={String(limits.nativeMs / 1_000)}
          kind="decimal"
          hint={
            values.timeoutSeconds.trim() === ''
              ? `${wholeSeconds(limits.nativeMs)} natively, ${wholeSeconds(limits.emulatedMs)} emulated`
              : undefined
          }
        />
      </div>
      <CheckLine
        checked={values.isService}
        onChange={(event) => onChange({ isService: event.target.checked })}
        label="It is a service"
        note="Passes while it keeps running, as soon as it has shown what is asked, instead of by its exit code."
      />
      {values.isService && <ServiceFields {...part} />}
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
