import Link from 'next/link'
import { SAMPLE_REFERENCE } from '#components/home/sample.ts'
import { Button } from '#components/ui/button.tsx'
import { TextInput } from '#components/ui/field.tsx'
import { validatePath } from '#lib/client/page-paths.ts'

/** Asks which image; needs no script. */
export function ReferenceForm({ reference }: { reference: string }) {
  return (
    <form action="/validate" method="get" className="mt-5 max-w-[640px]">
      <label htmlFor="validate-ref" className="font-[550]">
        Image to validate
      </label>
      <div className="mt-1 flex gap-2">
        <TextInput
          id="validate-ref"
          name="ref"
          required
          inputMode="url"
          className="mono"
          placeholder="quay.io/org/app:1.2"
          defaultValue={reference}
        />
        <Button type="submit" variant="primary">
          Go on
        </Button>
      </div>
      <p className="mt-2 text-muted">
        Nothing at hand?{' '}
        <Link href={validatePath(SAMPLE_REFERENCE)} className="text-accent underline underline-offset-4">
          Validate the sample
        </Link>
        , which comes with Archway.
      </p>
    </form>
  )
}
