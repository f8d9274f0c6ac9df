'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { Section } from '#components/ui/section.tsx'
import { problemOf } from '#lib/client/problem-error.ts'
import { repositoriesOptions } from '#lib/client/repository-queries.ts'
import { RepositoryItem } from './repository-item.tsx'
import { RepositoryListsSkeleton } from './repository-lists-skeleton.tsx'

/** The repositories somebody pinned or opened here. */
export function RepositoryLists() {
  const { data, error, refetch } = useQuery(repositoriesOptions)
  if (error && !data) {
    return (
      <ProblemPanel problem={problemOf(error)} retry={<Button onClick={() => refetch()}>Try again</Button>} />
    )
  }
  if (!data) return <RepositoryListsSkeleton />
  const pinned = data.repositories.filter((entry) => entry.pinned)
  const recent = data.repositories.filter((entry) => !entry.pinned)
  if (data.repositories.length === 0) return <NothingYet />
  return (
    <>
      {pinned.length > 0 && (
        <Section title="Pinned" flush>
          <ul className="card divide-y divide-line">
            {pinned.map((entry) => (
              <RepositoryItem key={entry.repository} entry={entry} />
            ))}
          </ul>
        </Section>
      )}
      {recent.length > 0 && (
        <Section title="Recent" flush={pinned.length === 0}>
          <ul className="card divide-y divide-line">
            {recent.map((entry) => (
              <RepositoryItem key={entry.repository} entry={entry} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function NothingYet() {
  return (
    <Section title="Pinned and recent" flush>
      <div className="rounded-card border border-line-strong border-dashed px-6 py-8 text-center">
        <p className="font-[550]">Nothing opened yet</p>
        <p className="mx-auto mt-1 max-w-[44ch] text-muted">
          Repositories you open are kept here. Pin the ones you look after, and they stay on top.
        </p>
      </div>
    </Section>
  )
}
