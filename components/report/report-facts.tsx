import Link from 'next/link'
import type { ReactNode } from 'react'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatDuration } from '#components/ui/duration.ts'
import { fullTime } from '#components/ui/relative-time.ts'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { imagePath } from '#lib/client/page-paths.ts'
import { profileFacts } from './profile-facts.ts'

/** What the report is pinned to, when, by whom, and what was asked for. */
export function ReportFacts({ report, isShared }: { report: ReportDto; isShared: boolean }) {
  const { reference, pinned, digest, kind, startedAt, finishedAt, durationMs, archway, leftOut, profile } =
    report
  const { profileOrigin } = report
  return (
    <dl className="card mt-6 grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-x-8 gap-y-3.5 px-[18px] py-4 max-sm:grid-cols-1">
      <Fact name="Asked for">
        <span className="mono break-all">
          {isShared ? (
            <ForeignText text={reference} maxLength={500} />
          ) : (
            <Link href={imagePath(reference)} prefetch={false} className="text-accent hover:underline">
              <ForeignText text={reference} maxLength={500} />
            </Link>
          )}
        </span>
        <CopyButton text={reference} label="Copy the reference" />
      </Fact>
      <Fact name="When">
        <time dateTime={startedAt}>{fullTime(startedAt)}</time>
        <span className="scripted text-muted print:hidden">
          {' '}
          · <TimeAgo at={finishedAt} />
        </span>
      </Fact>
      <Fact name={`Pinned to this ${kind === 'index' ? 'index' : 'image'}, whatever the tag names by now`}>
        <span className="mono break-all" title={pinned}>
          {digest}
        </span>
        <CopyButton text={pinned} label="Copy the reference by digest" />
      </Fact>
      <Fact name="By">
        Archway {archway}, in {formatDuration(durationMs)}
      </Fact>
      <Fact name="What was asked of it">
        <ul className="flex flex-wrap gap-x-5 gap-y-0.5">
          {profileFacts(profile, profileOrigin).map(({ name, value, isCode }) => (
            <li key={name} className="min-w-0">
              <span className="text-muted">{name}: </span>
              <ForeignText text={value} maxLength={600} className={isCode ? 'mono break-all' : ''} />
            </li>
          ))}
        </ul>
      </Fact>
      {leftOut.length > 0 && (
        <Fact name="Left out, so nothing is known of">
          <ForeignText text={leftOut.join(', ')} maxLength={2_000} className="mono break-words" />
        </Fact>
      )}
      {profile.env && <Environment env={profile.env} isShared={isShared} />}
    </dl>
  )
}

function Environment({ env, isShared }: { env: Readonly<Record<string, string>>; isShared: boolean }) {
  const entries = Object.entries(env)
  if (entries.length === 0) return null
  return (
    <Fact
      name={
        isShared
          ? 'Environment it was given, values masked'
          : 'Environment it was given; a shared link masks the values'
      }
    >
      <ul className="mono">
        {entries.map(([name, value]) => (
          <li key={name} className="break-all">
            <ForeignText text={name} maxLength={200} />=
            <ForeignText text={value} maxLength={500} className={isShared ? '' : 'print:hidden'} />
            {!isShared && <span className="hidden print:inline">•••</span>}
          </li>
        ))}
      </ul>
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-note">{name}</dt>
      <dd className="mt-px">{children}</dd>
    </div>
  )
}
