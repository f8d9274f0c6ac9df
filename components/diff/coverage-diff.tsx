'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import type { Tone } from '#components/ui/tone-icon.tsx'
import { useHash } from '#components/ui/use-hash.ts'
import { useViewOf } from '#components/ui/use-view-of.ts'
import type { CoverageRowDto } from '#lib/api/diff.ts'
import { type DiffSides, pairSummaryOptions } from '#lib/client/diff-queries.ts'
import { diffPath } from '#lib/client/page-paths.ts'
import { shortDigest } from '#lib/oci/digest.ts'
import { lineHash } from './line-hash.ts'
import { LineLink } from './line-link.tsx'

const CHANGES: Readonly<Record<CoverageRowDto['change'], { tone: Tone; word: string }>> = {
  same: { tone: 'skip', word: 'Same image' },
  changed: { tone: 'info', word: 'Differs' },
  added: { tone: 'info', word: 'Only in the second' },
  removed: { tone: 'warn', word: 'Only in the first' },
}

/** What two whole references cover, platform by platform; each that both have leads to its own comparison. */
export function CoverageDiff({ rows, sides }: { rows: readonly CoverageRowDto[]; sides: DiffSides }) {
  const hash = useHash()
  const isTarget = ({ platform }: CoverageRowDto) => hash === lineHash('coverage', platform)
  const place = useViewOf<HTMLTableRowElement>(hash, rows.some(isTarget))
  if (rows.length === 0) return <p className="card px-3.5 py-3 text-muted">Neither has a platform.</p>
  return (
    <div className="card overflow-hidden">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">Platforms of both references</caption>
        <thead className="bg-sunken text-label text-muted">
          <tr>
            {['Platform', 'From', 'To', 'What'].map((head) => (
              <th
                key={head}
                scope="col"
                className={`px-3.5 py-2 font-normal ${head === 'From' || head === 'To' ? 'max-sm:hidden' : ''}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ platform, from, to, change }) => (
            <tr
              key={platform}
              ref={hash === lineHash('coverage', platform) ? place : undefined}
              aria-current={hash === lineHash('coverage', platform) ? 'location' : undefined}
              className="group/line border-line border-t align-top aria-[current]:bg-accent-soft"
            >
              <th scope="row" className="px-3.5 py-2 font-normal">
                {from !== undefined && to !== undefined ? (
                  <Link
                    href={diffPath({ ...sides, fromPlatform: platform, toPlatform: platform })}
                    prefetch={false}
                    className="text-accent hover:underline"
                  >
                    <PlatformName platform={platform} />
                  </Link>
                ) : (
                  <PlatformName platform={platform} />
                )}
                <LineLink hash={lineHash('coverage', platform)} name={platform} />
              </th>
              <Digest digest={from} />
              <Digest digest={to} />
              <td className="px-3.5 py-2">
                <Mark tone={CHANGES[change].tone}>{CHANGES[change].word}</Mark>
                {change === 'changed' && (
                  <PairSummary sides={{ ...sides, fromPlatform: platform, toPlatform: platform }} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What two images of a platform differ in, as far as configs and lists of layers tell. */
function PairSummary({ sides }: { sides: DiffSides }) {
  const { data, error } = useQuery(pairSummaryOptions(sides))
  const highlights = data?.summary.highlights ?? []
  return (
    <span className="mt-0.5 block min-h-[1.45em] max-w-[60ch] break-words text-muted text-note">
      {data ? (
        <>
          <ForeignText text={data.summary.text} maxLength={300} />
          {highlights.map(({ kind, text }) => (
            <span key={`${kind} ${text}`} className="block text-ink">
              <ForeignText text={text} maxLength={300} />
            </span>
          ))}
        </>
      ) : error ? (
        'Its configs could not be compared.'
      ) : (
        'Comparing configs…'
      )}
    </span>
  )
}

function Digest({ digest }: { digest: string | undefined }) {
  return (
    <td className="px-3.5 py-2 text-muted max-sm:hidden">
      {digest === undefined ? (
        'not there'
      ) : (
        <span className="mono" title={digest}>
          {shortDigest(digest)}
        </span>
      )}
    </td>
  )
}
