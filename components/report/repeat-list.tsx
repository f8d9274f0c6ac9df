import { ForeignText } from '#components/image/foreign-text.tsx'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { formatDuration } from '#components/ui/duration.ts'
import { Mark } from '#components/ui/mark.tsx'
import type { ReportJobDto } from '#lib/api/reports.ts'

interface Repetition {
  readonly name: string
  readonly verdict: NonNullable<ReportJobDto['verdict']> | undefined
  readonly durationMs: number | undefined
}

/** What repeating a run has shown: each processor and page size with its verdict, then what follows, in words. */
export function RepeatList({ job }: { job: ReportJobDto }) {
  const rows = repetitionsOf(job)
  return (
    <div className="grid gap-2">
      {rows.length > 0 && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1.5">
          {rows.map(({ name, verdict, durationMs }) => (
            <li key={name} className="flex items-center gap-2">
              <span className="font-[550]">{name}</span>
              {verdict ? <VerdictMark verdict={verdict} /> : <Mark tone="skip">Not judged</Mark>}
              {durationMs !== undefined && (
                <span className="text-muted text-note tabular-nums">{formatDuration(durationMs)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {job.repeatTexts?.map((text) => (
        <p key={text} className="max-w-[80ch] break-words text-muted">
          <ForeignText text={text} maxLength={2_000} />
        </p>
      ))}
    </div>
  )
}

function repetitionsOf({ cpuFloor, largePages }: ReportJobDto): readonly Repetition[] {
  const models = cpuFloor?.runs ?? []
  const pages = largePages?.ending && {
    name: `${largePages.wantedBytes / 1024} KiB pages`,
    verdict: largePages.ending.verdict,
    durationMs: largePages.durationMs,
  }
  return [
    ...models.map(({ cpu, ending, durationMs }) => ({ name: cpu, verdict: ending?.verdict, durationMs })),
    ...(pages ? [pages] : []),
  ]
}
