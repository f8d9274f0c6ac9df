import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { ImageHeader } from './image-header.tsx'

/** The page of an image that the registry has not answered for yet. The reference is known before anything else. */
export function ImageSkeleton({ reference }: { reference?: string }) {
  return (
    <>
      {reference === undefined ? (
        <div>
          <h1 className="sr-only">Image</h1>
          <Skeleton className="h-5 w-96 max-w-full" />
          <Skeleton className="mt-3 block h-3 w-80 max-w-full" />
        </div>
      ) : (
        <ImageHeader reference={reference} />
      )}
      <p role="status" className="card mt-5 border-l-[3px] border-l-line-strong px-[18px] py-3.5 text-muted">
        Asking the registry for the manifest, then for every platform in it…
      </p>
      <Section title="Four truths">
        <div className="card divide-y divide-line overflow-hidden" aria-busy="true">
          <div className="h-[35px] bg-sunken" />
          {PRIMARY_PLATFORMS.map((platform) => (
            <div key={platform} className="flex h-[62px] items-center gap-8 px-3.5">
              <span className="grid w-40 gap-2">
                <Skeleton className="h-3 w-28" />
                <Skeleton className="h-2.5 w-36" />
              </span>
              <Skeleton className="h-3 w-16 max-md:hidden" />
              <Skeleton className="h-3 w-16" />
              <Skeleton className="ml-auto h-3 w-24" />
            </div>
          ))}
        </div>
      </Section>
    </>
  )
}
