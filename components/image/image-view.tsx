import { isWholeImage } from '#components/report/whole-image.ts'
import type { ImageResponse } from '#lib/api/image.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import { ArtifactSection } from './artifact-section.tsx'
import { FindingsSection } from './findings-section.tsx'
import { ImageHeader } from './image-header.tsx'
import { ImageTwin } from './image-twin.tsx'
import { IndexSection } from './index-section.tsx'
import { NoPlatforms } from './no-platforms.tsx'
import { PlatformsSection } from './platforms-section.tsx'
import { RegistryNotes } from './registry-notes.tsx'
import { SummaryBanner } from './summary-banner.tsx'

interface ImageViewProps {
  readonly image: ImageResponse
  /** The image with the findings that take longer; never rejects. */
  readonly further: Promise<ImageResponse>
  /** The platform the address asks for. */
  readonly wanted: string | undefined
  /** Of its last run. */
  readonly report: ReportDto | undefined
}

/** The page of an image: an index, a single image or an artifact. */
export function ImageView({ image, further, wanted, report }: ImageViewProps) {
  return (
    <>
      <ImageHeader reference={image.reference} image={image} repository={image.repository} />
      {image.platforms.length > 0 && (
        <SummaryBanner
          image={image}
          further={further}
          isWhole={report !== undefined && isWholeImage(report)}
        />
      )}
      <Content image={image} further={further} wanted={wanted} report={report} />
      {(image.kind !== 'image' || image.referrersProblem) && <IndexSection image={image} />}
      <RegistryNotes image={image} />
      <ImageTwin reference={image.reference} />
    </>
  )
}

function Content({ image, further, wanted, report }: ImageViewProps) {
  if (image.kind === 'artifact') return <ArtifactSection image={image} />
  if (image.platforms.length > 0)
    return <PlatformsSection image={image} further={further} wanted={wanted} report={report} />
  return (
    <>
      <NoPlatforms image={image} />
      <FindingsSection image={image} further={further} />
    </>
  )
}
