import Link from 'next/link'
import { VerdictMark } from '#components/run/verdict-mark.tsx'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { HistoryRunDto } from '#lib/api/history.ts'
import { reportPath } from '#lib/client/page-paths.ts'
import { historyRunName } from './cell-look.ts'
import { HistoryCell } from './history-cell.tsx'

interface HistoryMatrixProps {
  readonly platforms: readonly string[]
  readonly runs: readonly HistoryRunDto[]
}

const CELL =
  'border-line border-b px-3.5 py-2.5 align-top max-sm:block max-sm:border-b-0 max-sm:px-0 max-sm:py-0'
const HEAD =
  'border-line border-b bg-sunken px-3.5 py-2 text-left align-bottom font-[550] text-muted text-note whitespace-nowrap'

/** Runs over time, newest first, by platform. On a phone a run is a card. */
export function HistoryMatrix({ platforms, runs }: HistoryMatrixProps) {
  return (
    <section
      aria-label="Runs by platform"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="card overflow-x-auto"
    >
      <table className="w-full border-separate border-spacing-0 text-left max-sm:block">
        <thead className="max-sm:sr-only">
          <tr>
            <th scope="col" className={cn(HEAD, 'sticky left-0')}>
              Run
            </th>
            <th scope="col" className={HEAD}>
              Verdict
            </th>
            {platforms.map((platform) => (
              <th key={platform} scope="col" className={HEAD}>
                <PlatformName platform={platform} short />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block [&>tr:last-child>*]:border-b-0">
          {runs.map((run) => (
            <Row key={run.id} run={run} platforms={platforms} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A page of older runs may know platforms that this run's page did not: nothing is said of them. */
function Row({ run, platforms }: { run: HistoryRunDto; platforms: readonly string[] }) {
  const { id, finishedAt, verdict, cells, reference } = run
  return (
    <tr className="max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-3 max-sm:gap-y-2.5 max-sm:border-line max-sm:border-b max-sm:px-3.5 max-sm:py-3 max-sm:last:border-b-0">
      <th
        scope="row"
        className={cn(CELL, 'left-0 max-w-52 bg-surface font-normal sm:sticky max-sm:max-w-none')}
      >
        <Link
          href={reportPath(id)}
          prefetch={false}
          title={reference}
          className="mono wrap-anywhere block rounded-mark font-semibold text-ink hover:underline"
        >
          {historyRunName(run)}
        </Link>
        {finishedAt !== undefined && <TimeAgo at={finishedAt} className="text-muted text-note" />}
      </th>
      <td className={cn(CELL, 'max-sm:text-right')}>
        {verdict ? <VerdictMark verdict={verdict} /> : <span className="text-muted">no verdict</span>}
      </td>
      {platforms.map((platform) => {
        const cell = cells.find((each) => each.platform === platform)
        return (
          <td key={platform} className={cn(CELL, cell === undefined && 'max-sm:hidden')}>
            <span aria-hidden="true" className="block text-micro text-muted sm:hidden">
              {platform}
            </span>
            {cell && <HistoryCell run={run} cell={cell} />}
          </td>
        )
      })}
    </tr>
  )
}
