import { setTimeout as sleep } from 'node:timers/promises'
import type { Metadata } from 'next'
import { Fragment, type ReactElement, Suspense } from 'react'
import { ContentsHeader } from '#components/contents/contents-header.tsx'
import { ContentsView } from '#components/contents/contents-view.tsx'
import { ContentsWaiting } from '#components/contents/contents-waiting.tsx'
import { CheckAgainButton } from '#components/image/check-again-button.tsx'
import { withNextStep } from '#components/image/next-step.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadOutline } from './load-outline.ts'
import { loadPlatforms } from './load-platforms.ts'

/** What is ready by then comes whole; what comes after a fallback, React shows 300 ms after that at the soonest. */
const WHOLE_WITHIN_MS = 150

interface ContentsPageProps {
  readonly searchParams: PageSearch
}

export async function generateMetadata({ searchParams }: ContentsPageProps): Promise<Metadata> {
  const search = await readSearch(searchParams)
  return { title: `Inside ${search.get('ref') ?? 'an image'} ${search.get('platform') ?? ''}`.slice(0, 300) }
}

export default async function ContentsPage({ searchParams }: ContentsPageProps) {
  const search = await readSearch(searchParams)
  const reference = (search.get('ref') ?? '').trim()
  const contents = loadContents(reference, search)
  const whole = await Promise.race([contents, sleep(WHOLE_WITHIN_MS, undefined)])
  if (whole !== undefined) return <Fragment key={reference}>{whole}</Fragment>
  const waiting = (
    <>
      <ContentsHeader reference={reference} />
      <ContentsWaiting layers={undefined} />
    </>
  )
  return (
    <Suspense key={reference} fallback={waiting}>
      {contents}
    </Suspense>
  )
}

async function loadContents(reference: string, search: URLSearchParams): Promise<ReactElement> {
  const answer = await loadPlatforms(reference)
  if ('problem' in answer) {
    return (
      <>
        <ContentsHeader reference={reference === '' ? 'No reference' : reference} isKnown={false} />
        <ProblemPanel problem={withNextStep(answer.problem)} className="mt-5" retry={<CheckAgainButton />} />
      </>
    )
  }
  const { image } = answer
  const present = image.platforms.filter(({ presence, shadowed }) => presence === 'present' && !shadowed)
  return (
    <>
      <ContentsHeader reference={image.reference} />
      {present.length === 0 ? (
        <p className="card mt-5 px-[18px] py-3.5 text-muted">
          No platform of this reference can be read, so there is nothing to look into.
        </p>
      ) : (
        <ContentsView
          reference={image.reference}
          outline={await loadOutline(image, search)}
          platforms={present.map(({ platform, layers, history, config, annotations }) => ({
            platform,
            layers,
            history,
            base: (config?.labels ?? annotations)['org.opencontainers.image.base.name'],
          }))}
        />
      )}
    </>
  )
}
