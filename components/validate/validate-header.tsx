import Link from 'next/link'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { imagePath } from '#lib/client/page-paths.ts'

interface ValidateHeaderProps {
  readonly reference: string
  /** Absent while nothing is known. */
  readonly digest?: string | undefined
  readonly isKnown?: boolean
}

/** Which image is to be validated. */
export function ValidateHeader({ reference, digest, isKnown = true }: ValidateHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-[24rem] max-sm:basis-full">
        <h1 className="font-[620] text-title tracking-[-0.015em]">
          Validate{' '}
          <span className="font-[500] font-mono text-[1.1875rem]">
            <ReferenceTitle reference={reference} />
          </span>
        </h1>
        {isKnown && (
          <div className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-1.5 text-muted">
            {digest === undefined ? (
              <Skeleton className="h-3 w-72 max-w-full" />
            ) : (
              <>
                Pinned to <DigestText digest={digest} of={reference} algorithm copy="always" /> as soon as it
                starts: every platform is pulled by its digest.
              </>
            )}
          </div>
        )}
      </div>
      {isKnown && (
        <Link href={imagePath(reference)} prefetch={false} className={buttonClass()}>
          The image
        </Link>
      )}
    </div>
  )
}
