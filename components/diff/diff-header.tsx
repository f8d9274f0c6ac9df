import Link from 'next/link'
import { ReferenceTitle } from '#components/image/reference-title.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { diffPath, imagePath, matrixPath } from '#lib/client/page-paths.ts'
import { isOfOneReference } from './diff-address.ts'

/** What is compared with what. */
export function DiffHeader({ sides }: { sides: DiffSides }) {
  const { from, to = from, fromPlatform, toPlatform } = sides
  if (from === '')
    return <h1 className="font-[620] text-title tracking-[-0.015em]">Compare platforms or images</h1>
  return (
    <div>
      <h1 className="font-[620] text-title tracking-[-0.015em]">
        Compare{' '}
        {isOfOneReference(sides) && fromPlatform !== undefined && toPlatform !== undefined ? (
          <>
            <PlatformName platform={fromPlatform} className="!text-[1.1875rem]" /> with{' '}
            <PlatformName platform={toPlatform} className="!text-[1.1875rem]" />
          </>
        ) : fromPlatform !== undefined && fromPlatform === toPlatform ? (
          <PlatformName platform={fromPlatform} className="!text-[1.1875rem]" />
        ) : (
          'two images'
        )}
      </h1>
      <p className="mt-1.5 flex flex-wrap items-baseline gap-x-2 text-muted">
        <ReferenceLink reference={from} />
        {!isOfOneReference(sides) && (
          <>
            <span>with</span>
            <ReferenceLink reference={to} />
            {fromPlatform !== undefined && (
              <Link href={diffPath({ from, to })} prefetch={false} className="text-accent hover:underline">
                What both cover
              </Link>
            )}
          </>
        )}
        {isOfOneReference(sides) && (
          <Link href={matrixPath(from)} prefetch={false} className="text-accent hover:underline">
            All platforms at once
          </Link>
        )}
      </p>
    </div>
  )
}

function ReferenceLink({ reference }: { reference: string }) {
  return (
    <Link
      href={imagePath(reference)}
      prefetch={false}
      className="mono min-w-0 break-words text-accent hover:underline"
    >
      <ReferenceTitle reference={reference} />
    </Link>
  )
}
