import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** Where the lists will be. */
export function RepositoryListsSkeleton() {
  return (
    <Section title="Pinned and recent" flush>
      <div className="card divide-y divide-line" aria-busy="true">
        {['w-56', 'w-72', 'w-48'].map((width) => (
          <div key={width} className="flex h-11 items-center px-[18px]">
            <Skeleton className={`h-3 ${width}`} />
          </div>
        ))}
      </div>
    </Section>
  )
}
