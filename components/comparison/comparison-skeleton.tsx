import { Skeleton } from '#components/ui/skeleton.tsx'

/** Where a comparison will be. */
export function ComparisonSkeleton() {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">Compare two reports</h1>
      <p role="status" className="sr-only">
        Comparing…
      </p>
      <Skeleton className="block h-3 w-72 max-w-full" />
      <Skeleton className="mt-4 block h-8 w-96 max-w-full" />
      <Skeleton className="mt-3 block h-4 w-[34rem] max-w-full" />
      <Skeleton className="mt-6 block h-28 w-full" />
      <Skeleton className="mt-8 block h-56 w-full" />
    </div>
  )
}
