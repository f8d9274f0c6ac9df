import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { EnginesHeader } from './engines-header.tsx'

/** The page before anything is known of the engines. */
export function EnginesSkeleton() {
  return (
    <>
      <EnginesHeader />
      <Section title="What can run here">
        <ul className="grid grid-cols-2 gap-2.5 lg:grid-cols-4" aria-busy="true">
          {PRIMARY_PLATFORMS.map((platform) => (
            <li key={platform} className="h-[86px] rounded-card border border-line bg-surface px-3.5 py-3.5">
              <Skeleton className="h-3 w-24" />
              <Skeleton className="mt-2 block h-3 w-16" />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Engines">
        <p role="status" className="card px-[18px] py-3.5 text-muted">
          Looking for engines…
        </p>
      </Section>
    </>
  )
}
