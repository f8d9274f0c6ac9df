import { ChevronRight } from 'lucide-react'
import { formatBytes } from '#components/ui/bytes.ts'
import { plural } from '#components/ui/plural.ts'
import type { ImageResponse } from '#lib/api/image.ts'
import { artifactTypeName } from './artifact-type-name.ts'
import { DigestLink } from './digest-link.tsx'
import { ForeignText } from './foreign-text.tsx'
import { mediaTypeName } from './media-type-name.ts'

type OtherChild = ImageResponse['others'][number]

const REASONS: Readonly<Record<OtherChild['reason'], { word: string; one: string; many: string }>> = {
  index: { word: 'Nested index', one: 'nested index', many: 'nested indexes' },
  artifact: { word: 'Artifact', one: 'artifact', many: 'artifacts' },
  unclassified: { word: 'Unclassified', one: 'unclassified', many: 'unclassified' },
}

const MAX_SHOWN = 200

interface OtherChildrenProps {
  readonly others: readonly OtherChild[]
  readonly repository: string
  /** Whether it starts unfolded: where there is nothing else to see. */
  readonly isOpen: boolean
}

/** Children that are no platform and no attestation, folded away: they are never counted as platforms. */
export function OtherChildren({ others, repository, isOpen }: OtherChildrenProps) {
  return (
    <details open={isOpen} className="group/others card">
      <summary className="flex items-center gap-2 px-3.5 py-2.5 -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-muted transition-transform group-open/others:rotate-90"
        />
        <span>{counted(others)}</span>
        <span className="text-muted text-note">not platforms</span>
      </summary>
      <ul className="divide-y divide-line border-line border-t">
        {others.slice(0, MAX_SHOWN).map((child, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an index may list the same child twice
          <li key={at} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-3.5 py-2">
            <div className="min-w-0 flex-1 basis-56">
              <span className="font-[550]">{REASONS[child.reason].word}</span>
              <span className="block break-words text-muted text-note">
                <ForeignText text={described(child)} maxLength={400} />
              </span>
              {child.problem && (
                <span className="block break-words text-note text-warn">
                  {child.problem.title}: <ForeignText text={child.problem.detail} maxLength={400} />
                </span>
              )}
            </div>
            <DigestLink
              repository={repository}
              digest={child.digest}
              of={`the ${REASONS[child.reason].one} child`}
            />
          </li>
        ))}
      </ul>
      {others.length > MAX_SHOWN && (
        <p className="border-line border-t px-3.5 py-2 text-muted text-note">
          and {others.length - MAX_SHOWN} more; the API has them all
        </p>
      )}
    </details>
  )
}

function counted(others: readonly OtherChild[]): string {
  return (['index', 'artifact', 'unclassified'] as const)
    .flatMap((reason) => {
      const count = others.filter((child) => child.reason === reason).length
      return count === 0 ? [] : [plural(count, REASONS[reason].one, REASONS[reason].many)]
    })
    .join(', ')
}

function described({ artifactType, mediaType, platform, sizeBytes }: OtherChild): string {
  const type = artifactType === undefined ? undefined : (artifactTypeName(artifactType) ?? artifactType)
  return [type, platform, mediaTypeName(mediaType), `manifest of ${formatBytes(sizeBytes)}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
}
