import { ForeignText } from '#components/image/foreign-text.tsx'
import { SubSection } from '#components/image/sub-section.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { DiffResponse } from '#lib/api/diff.ts'
import { fileHash } from './file-hash.ts'

type Summary = NonNullable<DiffResponse['binaries']>['from']

const FOREIGN_SHOWN = 50

interface BinariesPanelProps {
  readonly binaries: NonNullable<DiffResponse['binaries']>
  /** Names of the sides. */
  readonly from: string
  readonly to: string
  /** Every layer could be read. */
  readonly isComplete: boolean
}

/** Programs and libraries of both sides by architecture, and those that their side cannot execute. */
export function BinariesPanel({ binaries, from, to, ...more }: BinariesPanelProps) {
  const largest = Math.max(
    1,
    ...[binaries.from, binaries.to].flatMap(({ counts }) => counts.map(({ count }) => count)),
  )
  return (
    <div className="grid grid-cols-2 gap-6 max-md:grid-cols-[minmax(0,1fr)]">
      <Side name={from} summary={binaries.from} largest={largest} {...more} />
      <Side name={to} summary={binaries.to} largest={largest} {...more} />
    </div>
  )
}

interface SideProps {
  readonly name: string
  readonly summary: Summary
  readonly largest: number
  readonly isComplete: boolean
}

function Side({ name, summary: { counts, foreign }, largest, isComplete }: SideProps) {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const wrong = new Set(foreign.flatMap(({ found, exempt }) => (exempt === undefined ? [found] : [])))
  return (
    <SubSection title={name} note={plural(total, 'ELF file')}>
      {counts.length === 0 ? (
        <p className="card px-3.5 py-3 text-muted">
          No program and no library{isComplete ? '' : ' in the layers that could be read'}.
        </p>
      ) : (
        <ul className="card divide-y divide-line overflow-hidden">
          {counts.map(({ kind, count, matches }) => (
            <li key={kind} className="grid gap-1 px-3.5 py-2">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span>
                  {kind}{' '}
                  <span className="text-muted tabular-nums">
                    <span aria-hidden="true">·</span> {formatCount(count)}
                  </span>
                </span>
                {matches ? (
                  <Mark tone="pass">right</Mark>
                ) : wrong.has(kind) ? (
                  <Mark tone="fail">wrong architecture</Mark>
                ) : (
                  <Mark tone="skip">lies where it harms nobody</Mark>
                )}
              </span>
              <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-sunken">
                <span
                  className={cn(
                    'block h-full rounded-full opacity-75',
                    matches ? 'bg-accent' : wrong.has(kind) ? 'bg-fail' : 'bg-skip',
                  )}
                  style={{ width: `${Math.max(2, (count / largest) * 100)}%` }}
                />
              </span>
            </li>
          ))}
          {foreign.slice(0, FOREIGN_SHOWN).map(({ path, found, isOnPath, exempt }) => (
            <li key={path} className="flex flex-wrap items-baseline gap-x-2 px-3.5 py-2">
              <span className="mono min-w-0 break-all">
                <a href={fileHash(path)} className="text-accent hover:underline">
                  <ForeignText text={path} maxLength={400} />
                </a>
              </span>
              <span className={cn('text-note', exempt === undefined ? 'text-fail' : 'text-muted')}>
                is {found}
              </span>
              {isOnPath && <Chip size="small">where programs are looked for</Chip>}
              {exempt !== undefined && <Chip size="small">expected: {exempt.replaceAll('-', ' ')}</Chip>}
            </li>
          ))}
          {foreign.length > FOREIGN_SHOWN && (
            <li className="px-3.5 py-2 text-muted text-note">
              and {plural(foreign.length - FOREIGN_SHOWN, 'more', 'more')}; the API has them all
            </li>
          )}
        </ul>
      )}
    </SubSection>
  )
}
