import { Skeleton } from '#components/ui/skeleton.tsx'
import { MatrixHeader } from './matrix-header.tsx'

/** The page of a matrix that the registry has not answered for yet. */
export function MatrixSkeleton({ reference }: { reference?: string }) {
  return (
    <>
      {reference === undefined ? (
        <>
          <h1 className="sr-only">All platforms</h1>
          <Skeleton className="h-5 w-80 max-w-full" />
        </>
      ) : (
        <MatrixHeader reference={reference} />
      )}
      <p role="status" className="card mt-3 border-l-[3px] border-l-line-strong px-[18px] py-3.5 text-muted">
        Asking the registry for the config of every platform…
      </p>
      <div aria-hidden="true" className="card mt-8 grid gap-4 px-[18px] py-4">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-3 w-full" />
        ))}
      </div>
    </>
  )
}
