import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { ValidateHeader } from './validate-header.tsx'

/** The form while the registry is asked what the image has. */
export function ValidateSkeleton({ reference }: { reference: string }) {
  return (
    <>
      <ValidateHeader reference={reference} />
      <p role="status" className="sr-only">
        Asking the registry what the image has…
      </p>
      <Section title="Platforms">
        <div className="card divide-y divide-line" aria-busy="true">
          {PRIMARY_PLATFORMS.map((platform) => (
            <div key={platform} className="flex h-[43px] items-center gap-8 px-[18px]">
              <Skeleton className="h-3 w-28" />
              <Skeleton className="h-3 w-56 max-w-[40%]" />
              <Skeleton className="ml-auto h-3 w-16" />
            </div>
          ))}
        </div>
      </Section>
    </>
  )
}
