import { Play } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { validatePath } from '#lib/client/page-paths.ts'

/** A repository of which nothing was run to its end. */
export function NoHistory({ repository }: { repository: string }) {
  return (
    <div className="card mt-5 px-6 py-12 text-center">
      <p className="font-[620] text-lead">No run has come to its end yet</p>
      <p className="mx-auto mt-1.5 max-w-[56ch] text-muted">
        Each run that does is a line here: what every platform was, natively or under emulation, and what
        changed since the run before.
      </p>
      <Link href={validatePath(repository)} className={`${buttonClass('primary')} mt-5`}>
        <Play aria-hidden="true" className="size-3.5" />
        Validate an image of it
      </Link>
    </div>
  )
}

/** A history when nothing passes the filters. */
export function NoMatchingHistory({ onClear }: { onClear: () => void }) {
  return (
    <div className="card px-6 py-10 text-center">
      <p className="font-[620]">No run is like that</p>
      <Button className="mt-4" onClick={onClear}>
        Show every run
      </Button>
    </div>
  )
}
