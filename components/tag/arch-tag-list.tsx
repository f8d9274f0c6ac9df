import Link from 'next/link'
import { DigestText } from '#components/ui/digest-text.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import type { ArchTagDto } from '#lib/api/tags.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import { comparePlatformTexts } from '#lib/oci/platform.ts'

interface ArchTagListProps {
  readonly repository: string
  readonly tag: string
  readonly archTags: readonly ArchTagDto[]
}

/** The `TAG-ARCH` tags that were joined into a tag, and whether its index still points at each. */
export function ArchTagList({ repository, tag, archTags }: ArchTagListProps) {
  return (
    <ul aria-label={`Tags joined into ${tag}`} className="mb-2 border-line border-l-2 pl-3.5 sm:ml-0.5">
      {archTags.toSorted(inPlatformOrder).map((arch) => (
        <li
          key={arch.name}
          className="group/row grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 py-0.5 sm:grid-cols-[minmax(0,220px)_110px_130px_minmax(0,1fr)]"
        >
          <Link
            href={tagPath(repository, arch.name)}
            prefetch={false}
            className="truncate rounded-mark hover:underline"
            title={arch.name}
          >
            {arch.name}
          </Link>
          <PlatformName platform={arch.platform} className="text-muted max-sm:hidden" />
          <span className="max-sm:hidden">
            {arch.digest !== undefined && <DigestText digest={arch.digest} of={arch.name} />}
          </span>
          <Listed arch={arch} />
        </li>
      ))}
    </ul>
  )
}

function inPlatformOrder(a: ArchTagDto, b: ArchTagDto): number {
  return comparePlatformTexts(a.platform, b.platform)
}

function Listed({ arch }: { arch: ArchTagDto }) {
  if (arch.state === 'failed') return <Mark tone="fail">could not be read</Mark>
  switch (arch.listed) {
    case true:
      return <Mark tone="pass">in the index</Mark>
    case false:
      return <Mark tone="warn">not in the index</Mark>
    default:
      return <Mark tone="skip">{arch.state === 'pending' ? 'not resolved yet' : 'not compared'}</Mark>
  }
}
