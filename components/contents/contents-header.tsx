import Link from 'next/link'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { imagePath } from '#lib/client/page-paths.ts'

interface ContentsHeaderProps {
  readonly reference: string
  readonly isKnown?: boolean
}

/** Which image is looked into. */
export function ContentsHeader({ reference, isKnown = true }: ContentsHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <h1 className="min-w-0 flex-1 basis-[24rem] font-[620] text-title tracking-[-0.015em] max-sm:basis-full">
        Inside{' '}
        <span className="font-[500] font-mono text-[1.1875rem]">
          <ReferenceTitle reference={reference} />
        </span>
      </h1>
      {isKnown && (
        <Link href={imagePath(reference)} prefetch={false} className={buttonClass()}>
          The image
        </Link>
      )}
    </div>
  )
}
