import { Skeleton } from '#components/ui/skeleton.tsx'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { DiffHeader } from './diff-header.tsx'
import { SideChooser } from './side-chooser.tsx'

/** The page of a comparison that the registry has not answered for yet. */
export function DiffSkeleton({ sides }: { sides?: DiffSides }) {
  return (
    <>
      {sides ? (
        <>
          <DiffHeader sides={sides} />
          <SideChooser sides={sides} />
        </>
      ) : (
        <>
          <h1 className="sr-only">Compare</h1>
          <Skeleton className="h-5 w-80 max-w-full" />
          <Skeleton className="mt-5 block h-24 w-full" />
        </>
      )}
      <p role="status" className="card mt-3 border-l-[3px] border-l-line-strong px-[18px] py-3.5 text-muted">
        Asking the registry for both configs…
      </p>
      <div aria-hidden="true" className="card mt-8 grid gap-4 px-[18px] py-4">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-3 w-full" />
        ))}
      </div>
    </>
  )
}
