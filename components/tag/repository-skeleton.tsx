import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { RepositoryHeader } from './repository-header.tsx'
import { TagTableSkeleton } from './tag-table-skeleton.tsx'

/** The page of a repository whose registry has not answered yet. */
export function RepositorySkeleton({ repository }: { repository: string }) {
  return (
    <>
      <RepositoryHeader repository={repository} />
      <Section title="Coverage by release, oldest to newest">
        <div className="card grid gap-2 px-[18px] py-4" aria-busy="true">
          {['a', 'b', 'c', 'd'].map((row) => (
            <Skeleton key={row} className="h-3 w-full" />
          ))}
        </div>
      </Section>
      <Section title="Tags">
        <TagTableSkeleton />
      </Section>
    </>
  )
}
