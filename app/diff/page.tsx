import type { Metadata } from 'next'
import { Suspense } from 'react'
import { isComparable, isOfOneReference, readDiffSides, usualPair } from '#components/diff/diff-address.ts'
import { DiffHeader } from '#components/diff/diff-header.tsx'
import { DiffSkeleton } from '#components/diff/diff-skeleton.tsx'
import { DiffView } from '#components/diff/diff-view.tsx'
import { SideChooser } from '#components/diff/side-chooser.tsx'
import { CheckAgainButton } from '#components/image/check-again-button.tsx'
import { withNextStep } from '#components/image/next-step.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadDiff, loadPlatforms, loadProblem } from './load-diff.ts'

interface DiffPageProps {
  readonly searchParams: PageSearch
}

export async function generateMetadata({ searchParams }: DiffPageProps): Promise<Metadata> {
  const { from, to = from, fromPlatform, toPlatform } = readDiffSides(await readSearch(searchParams))
  if (from === '') return { title: 'Compare' }
  const said = from === to ? `${from}: ${fromPlatform ?? '?'} and ${toPlatform ?? '?'}` : `${from} and ${to}`
  return { title: `Compare ${said}`.slice(0, 300) }
}

export default async function DiffPage({ searchParams }: DiffPageProps) {
  const sides = readDiffSides(await readSearch(searchParams))
  if (sides.from === '') {
    return (
      <>
        <DiffHeader sides={sides} />
        <p className="mt-1.5 text-muted">
          Two platforms of one image, one platform of two images, or, with whole indexes, what two images
          cover.
        </p>
        <SideChooser sides={sides} />
      </>
    )
  }
  return (
    <Suspense key={JSON.stringify(sides)} fallback={<DiffSkeleton sides={sides} />}>
      <LoadedDiff asked={sides} />
    </Suspense>
  )
}

async function LoadedDiff({ asked }: { asked: DiffSides }) {
  const sides = await completed(asked)
  const answer = isComparable(sides) ? await loadDiff(sides) : await loadProblem(sides.from)
  return (
    <>
      <DiffHeader sides={sides} />
      <Suspense fallback={<SideChooser sides={sides} />}>
        <Chooser sides={sides} />
      </Suspense>
      {answer === undefined ? (
        <p role="status" className="card mt-3 border-l-[3px] border-l-line-strong px-[18px] py-3.5">
          Both sides are the same so far. Choose another platform, or write another reference, to compare it
          with.
        </p>
      ) : answer.kind === 'problem' ? (
        <ProblemPanel problem={withNextStep(answer.problem)} className="mt-3" retry={<CheckAgainButton />} />
      ) : (
        <DiffView sides={sides} initial={answer.diff} />
      )}
    </>
  )
}

async function Chooser({ sides }: { sides: DiffSides }) {
  const { from, to = from } = sides
  const [left, right] = await Promise.all([
    loadPlatforms(from),
    isOfOneReference(sides) ? [] : loadPlatforms(to),
  ])
  return <SideChooser sides={sides} platforms={{ from: left, to: isOfOneReference(sides) ? left : right }} />
}

/** Where one reference alone is named, the two platforms of it that are most likely meant. */
async function completed(sides: DiffSides): Promise<DiffSides> {
  if (!isOfOneReference(sides) || sides.fromPlatform !== undefined) return sides
  const pair = usualPair(await loadPlatforms(sides.from))
  return pair ? { ...sides, fromPlatform: pair[0], toPlatform: pair[1] } : sides
}
