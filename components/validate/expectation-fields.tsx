'use client'

import { ForeignText } from '#components/image/foreign-text.tsx'
import { wholeSeconds } from '#components/ui/duration.ts'
import { CheckLine } from '#components/ui/field.tsx'
import { FormField, type PlatformPartProps } from './form-field.tsx'
import { ServiceFields } from './service-fields.tsx'
import { previewExpectation } from './validate-form.ts'

interface ExpectationFieldsProps extends PlatformPartProps {
  /** The platform that the preview is for. */
  readonly example: string | undefined
}

/** What has to happen for a platform to pass. */
export function ExpectationFields({ example, ...part }: ExpectationFieldsProps) {
  const { values, others, limits, onChange } = part
  const isService = values.isService || others?.isService === true
  return (
    <>
      <FormField
        {...part}
        name="expectOutput"
        label="Expected output"
        placeholder={others ? 'as on the others: anything' : 'Running on {platform}'}
        hint={<ExpectationHint text={values.expectOutput} example={example} isShort={others !== undefined} />}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {!isService && (
          <FormField {...part} name="expectExitCode" label="Exit code" placeholder="0" kind="whole" />
        )}
        <FormField
          {...part}
          name="timeoutSeconds"
          label="Time limit, seconds"
          placeholder={String(limits.nativeMs / 1_000)}
          kind="decimal"
          hint={
            values.timeoutSeconds.trim() === '' && !others
              ? `${wholeSeconds(limits.nativeMs)} natively, ${wholeSeconds(limits.emulatedMs)} emulated`
              : undefined
          }
        />
      </div>
      <CheckLine
        checked={values.isService}
        onChange={(event) => onChange({ isService: event.target.checked })}
        label={others?.isService ? 'It has to show something else' : 'It is a service'}
        note={
          others?.isService
            ? 'A port, a health check or a time of its own, in place of all that the others have to show.'
            : 'Passes while it keeps running, as soon as it has shown what is asked, instead of by its exit code.'
        }
      />
      {values.isService && <ServiceFields {...part} />}
    </>
  )
}

interface ExpectationHintProps {
  readonly text: string
  readonly example: string | undefined
  /** How to write it is said elsewhere. */
  readonly isShort: boolean
}

function ExpectationHint({ text, example, isShort }: ExpectationHintProps) {
  const preview = example === undefined ? undefined : previewExpectation(text, example)
  if (!preview) {
    if (isShort) return null
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
      On <code className="mono">{example}</code> it must {preview.kind === 'text' ? 'write' : 'match'}{' '}
      <code className="mono break-all text-ink">
        <ForeignText text={preview.text} maxLength={300} />
      </code>
    </>
  )
}
