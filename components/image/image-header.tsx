import { GitCompareArrows, Grid3x3, Link2, List, Play } from 'lucide-react'
import Link from 'next/link'
import { comparePath } from '#components/diff/diff-address.ts'
import { buttonClass } from '#components/ui/button-class.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DigestText } from '#components/ui/digest-text.tsx'
import { plural } from '#components/ui/plural.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import { imagePath, matrixPath, repositoryPath, validatePath } from '#lib/client/page-paths.ts'
import { CheckAgain } from './check-again.tsx'
import { DottedFacts } from './dotted-facts.tsx'
import { LastRunLine } from './last-run-line.tsx'
import { mediaTypeName } from './media-type-name.ts'
import { ReferenceTitle } from './reference-title.tsx'

const KIND_WORDS = { index: 'index', image: 'single image', artifact: 'artifact' } as const

interface ImageHeaderProps {
  /** As asked; the answer's canonical form replaces it. */
  readonly reference: string
  /** Absent while nothing is known. */
  readonly image?: ImageResponse | undefined
  /** Where all tags are, if the reference names a repository at all. */
  readonly repository?: string | undefined
  /** False for a reference that could not be read: there are no facts to wait for. */
  readonly isKnown?: boolean
}

/** What is looked at: the reference, what it resolved to, and where to go from here. */
export function ImageHeader({ reference, image, repository, isKnown = true }: ImageHeaderProps) {
  const shown = image?.reference ?? reference
  const isPinned = image !== undefined && image.reference === image.pinned
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-[20rem] max-sm:basis-full">
        <h1 className="font-[560] font-mono text-[1.25rem] leading-tight tracking-[-0.015em]">
          <ReferenceTitle reference={shown} />{' '}
          <CopyButton text={shown} label="Copy the reference" className="align-[-3px]" />
        </h1>
        {isKnown && (
          <div className="mt-1.5 min-h-6">
            {image ? <Facts image={image} /> : <Skeleton className="h-3 w-80 max-w-full" />}
          </div>
        )}
        {image && <LastRunLine {...image} />}
      </div>
      <div className="flex flex-col items-end gap-1.5 max-sm:w-full max-sm:items-start print:hidden">
        <div className="flex flex-wrap gap-2">
          {repository !== undefined && (
            <Link href={repositoryPath(repository)} className={buttonClass()}>
              <List aria-hidden="true" className="size-3.5 text-muted" />
              All tags
            </Link>
          )}
          {image && !isPinned && (
            <Link
              href={imagePath(image.pinned)}
              prefetch={false}
              className={buttonClass()}
              title="This page by digest: it stays true when the tag moves"
            >
              <Link2 aria-hidden="true" className="size-3.5 text-muted" />
              Permanent link
            </Link>
          )}
          {image && image.platforms.length > 0 && (
            <Link
              href={comparePath(
                image.reference,
                image.platforms.map(({ platform }) => platform),
              )}
              prefetch={false}
              className={buttonClass()}
              title="See what differs between two platforms, or two images"
            >
              <GitCompareArrows aria-hidden="true" className="size-3.5 text-muted" />
              Compare
            </Link>
          )}
          {image && image.platforms.length > 1 && (
            <Link
              href={matrixPath(image.reference)}
              prefetch={false}
              className={buttonClass()}
              title="All platforms at once: which agree on each package and each setting"
            >
              <Grid3x3 aria-hidden="true" className="size-3.5 text-muted" />
              Matrix
            </Link>
          )}
          {image && image.platforms.length > 0 && (
            <Link
              href={validatePath(image.reference)}
              prefetch={false}
              className={buttonClass('primary')}
              title="Run every platform and see whether it does what it should"
            >
              <Play aria-hidden="true" className="size-3.5" />
              Validate
            </Link>
          )}
        </div>
        {image && <CheckAgain checkedAt={image.checkedAt} isPinned={isPinned} />}
      </div>
    </div>
  )
}

function Facts({ image }: { image: ImageResponse }) {
  const { kind, digest, mediaType, platforms, attestations, created } = image
  return (
    <DottedFacts
      facts={[
        <span key="digest" className="inline-flex items-center gap-1.5">
          {KIND_WORDS[kind]}
          <DigestText digest={digest} of={`the ${KIND_WORDS[kind]}`} algorithm copy="always" />
        </span>,
        <span key="type" title={mediaType}>
          {mediaTypeName(mediaType)}
        </span>,
        kind === 'artifact' ? undefined : plural(platforms.length, 'platform'),
        attestations.length === 0 ? undefined : plural(attestations.length, 'attestation'),
        created === undefined ? undefined : (
          <span key="created">
            built <TimeAgo at={created} />
          </span>
        ),
      ]}
    />
  )
}
