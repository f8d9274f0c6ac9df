import { Play } from 'lucide-react'
import Link from 'next/link'
import { SAMPLE_REFERENCE } from '#components/home/sample.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { validatePath } from '#lib/client/page-paths.ts'

/** The list before there is anything in it. */
export function NoRuns() {
  return (
    <div className="card px-6 py-12 text-center">
      <p className="font-[620] text-lead">Nothing has been run yet</p>
      <p className="mx-auto mt-1.5 max-w-[56ch] text-muted">
        A run pulls every platform of an image by its digest, runs it in a sandbox, looks at what its
        entrypoint really is, and leaves a report. The sample needs no registry.
      </p>
      <Link href={validatePath(SAMPLE_REFERENCE)} className={`${buttonClass('primary')} mt-5`}>
        <Play aria-hidden="true" className="size-3.5" />
        Validate the sample
      </Link>
    </div>
  )
}

/** The list when nothing passes the filters. */
export function NoMatchingRuns({ onClear }: { onClear: () => void }) {
  return (
    <div className="card px-6 py-10 text-center">
      <p className="font-[620]">No run is like that</p>
      <Button className="mt-4" onClick={onClear}>
        Show every run
      </Button>
    </div>
  )
}
