import type { Metadata } from 'next'
import { Suspense } from 'react'
import { withNextStep } from '#components/image/next-step.ts'
import { ProblemPanel } from '#components/ui/problem-panel.tsx'
import { ReferenceForm } from '#components/validate/reference-form.tsx'
import { ValidateHeader } from '#components/validate/validate-header.tsx'
import { ValidateSkeleton } from '#components/validate/validate-skeleton.tsx'
import { ValidateView } from '#components/validate/validate-view.tsx'
import { validatedPlatforms } from '#components/validate/validated-platforms.ts'
import { DEFAULT_SERVICE_MS, DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS } from '#lib/report/run-profile.ts'
import { loadImage } from '../image/load-image.ts'
import { type PageSearch, readSearch } from '../search-params.ts'
import { loadProfiles } from './load-profiles.ts'

interface ValidatePageProps {
  readonly searchParams: PageSearch
}

export const metadata: Metadata = { title: 'Validate' }

const LIMITS = {
  nativeMs: DEFAULT_TIMEOUT_MS.native,
  emulatedMs: DEFAULT_TIMEOUT_MS.emulated,
  serviceMs: DEFAULT_SERVICE_MS,
  maxMs: MAX_TIMEOUT_MS,
}

export default async function ValidatePage({ searchParams }: ValidatePageProps) {
  const reference = ((await readSearch(searchParams)).get('ref') ?? '').trim()
  if (reference === '') {
    return (
      <>
        <h1 className="font-[620] text-title tracking-[-0.015em]">Validate an image</h1>
        <ReferenceForm reference="" />
      </>
    )
  }
  return (
    <Suspense key={reference} fallback={<ValidateSkeleton reference={reference} />}>
      <LoadedForm reference={reference} />
    </Suspense>
  )
}

async function LoadedForm({ reference }: { reference: string }) {
  const answer = await loadImage(reference)
  if (answer.kind === 'problem') {
    return (
      <>
        <ValidateHeader reference={reference} isKnown={false} />
        <ProblemPanel problem={withNextStep(answer.problem)} className="mt-5" />
        <ReferenceForm reference={reference} />
      </>
    )
  }
  const { image } = answer
  const { repository, platforms, quota } = image
  return (
    <>
      <ValidateHeader reference={image.reference} digest={image.digest} />
      {platforms.length === 0 ? (
        <p className="card mt-5 px-[18px] py-3.5">
          There is nothing to run:{' '}
          {image.kind === 'artifact'
            ? 'this is an artifact, no container image.'
            : 'this index lists no image for any platform.'}
        </p>
      ) : (
        <ValidateView
          image={{ reference: image.reference, repository, platforms: validatedPlatforms(platforms), quota }}
          limits={LIMITS}
          profiles={await loadProfiles(image.reference)}
        />
      )}
    </>
  )
}
