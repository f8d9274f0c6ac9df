import type { Metadata } from 'next'
import { Suspense } from 'react'
import { CheckAgainButton } from '#components/image/check-again-button.tsx'
import { withNextStep } from '#components/image/next-step.ts'
import { readMatrixAddress } from '#components/matrix/matrix-address.ts'
import { MatrixHeader } from '#components/matrix/matrix-header.tsx'
import { MatrixSkeleton } from '#components/matrix/matrix-skeleton.tsx'
import { MatrixView } from '#components/matrix/matrix-view.tsx'
import { ReferenceChooser } from '#components/matrix/reference-chooser.tsx'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { MatrixOf } from '#lib/client/matrix-queries.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadMatrix } from './load-matrix.ts'

interface MatrixPageProps {
  readonly searchParams: PageSearch
}

export async function generateMetadata({ searchParams }: MatrixPageProps): Promise<Metadata> {
  const { ref } = readMatrixAddress(await readSearch(searchParams))
  return { title: ref === '' ? 'All platforms' : `All platforms of ${ref}`.slice(0, 300) }
}

export default async function MatrixPage({ searchParams }: MatrixPageProps) {
  const asked = readMatrixAddress(await readSearch(searchParams))
  if (asked.ref === '') return <ReferenceChooser />
  return (
    <Suspense key={asked.ref} fallback={<MatrixSkeleton reference={asked.ref} />}>
      <LoadedMatrix asked={asked} />
    </Suspense>
  )
}

async function LoadedMatrix({ asked }: { asked: MatrixOf }) {
  const answer = await loadMatrix({ ...asked, platform: [...asked.platform] })
  if (answer.kind === 'problem') {
    return (
      <>
        <MatrixHeader reference={asked.ref} />
        <ProblemPanel problem={withNextStep(answer.problem)} className="mt-3" retry={<CheckAgainButton />} />
      </>
    )
  }
  const { matrix } = answer
  return (
    <>
      <MatrixHeader
        reference={matrix.reference}
        platforms={matrix.platforms.map(({ platform }) => platform)}
      />
      <MatrixView initial={matrix} asked={asked} />
    </>
  )
}
