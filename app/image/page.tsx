import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ImageProblem } from '#components/image/image-problem.tsx'
import { ImageSkeleton } from '#components/image/image-skeleton.tsx'
import { ImageView } from '#components/image/image-view.tsx'
import { loadFurther, loadImage } from './load-image.ts'
import { loadLastReport } from './load-last-report.ts'
import { loadLastRun } from './load-last-run.ts'

interface ImagePageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ searchParams }: ImagePageProps): Promise<Metadata> {
  const reference = last((await searchParams).ref)
  return { title: reference === undefined || reference === '' ? 'Image' : reference.slice(0, 200) }
}

export default async function ImagePage({ searchParams }: ImagePageProps) {
  const { ref, platform } = await searchParams
  const reference = (last(ref) ?? '').trim()
  return (
    <Suspense key={reference} fallback={<ImageSkeleton reference={reference} />}>
      <LoadedImage reference={reference} wanted={last(platform)} />
    </Suspense>
  )
}

async function LoadedImage({ reference, wanted }: { reference: string; wanted: string | undefined }) {
  const answer = await loadImage(reference)
  return answer.kind === 'image' ? (
    <ImageView
      image={answer.image}
      further={loadFurther(answer.image)}
      wanted={wanted}
      report={await loadLastReport(answer.image)}
    />
  ) : (
    <ImageProblem
      reference={reference}
      repository={answer.repository}
      problem={answer.problem}
      lastRun={await loadLastRun(reference)}
    />
  )
}

function last(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.at(-1) : value
}
