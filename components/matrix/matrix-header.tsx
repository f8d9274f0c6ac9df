import { Box, GitCompareArrows } from 'lucide-react'
import Link from 'next/link'
import { comparePath } from '#components/diff/diff-address.ts'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { imagePath } from '#lib/client/page-paths.ts'

interface MatrixHeaderProps {
  readonly reference: string
  /** Absent while nothing is known of them. */
  readonly platforms?: readonly string[]
}

/** Whose platforms are compared, and where to go from here. */
export function MatrixHeader({ reference, platforms }: MatrixHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <h1 className="min-w-0 flex-1 basis-[24rem] font-[620] text-title tracking-[-0.015em] max-sm:basis-full">
        All platforms of{' '}
        <span className="font-[500] font-mono text-[1.1875rem]">
          <ReferenceTitle reference={reference} />
        </span>
      </h1>
      {platforms !== undefined && (
        <div className="flex flex-wrap gap-2 print:hidden">
          <Link href={imagePath(reference)} prefetch={false} className={buttonClass()}>
            <Box aria-hidden="true" className="size-3.5 text-muted" />
            The image
          </Link>
          <Link href={comparePath(reference, platforms)} prefetch={false} className={buttonClass()}>
            <GitCompareArrows aria-hidden="true" className="size-3.5 text-muted" />
            Compare two
          </Link>
        </div>
      )}
    </div>
  )
}
