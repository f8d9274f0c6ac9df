import { Button } from '#components/ui/button.tsx'
import { Field, TextInput } from '#components/ui/field.tsx'

/** Asks which image is meant; needs no script. */
export function ReferenceChooser() {
  return (
    <>
      <h1 className="font-[620] text-title tracking-[-0.015em]">All platforms of an image</h1>
      <p className="mt-1.5 text-muted">
        Which of them agree on each package and each setting, and which one does not.
      </p>
      <form
        action="/matrix"
        method="get"
        className="card mt-5 grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3 px-[18px] py-3.5 max-sm:grid-cols-[minmax(0,1fr)]"
      >
        <Field label="Image">
          {(control) => (
            <TextInput {...control} name="ref" required placeholder="quay.io/org/app:1.2" className="mono" />
          )}
        </Field>
        <Button type="submit" variant="primary">
          Compare all
        </Button>
      </form>
    </>
  )
}
