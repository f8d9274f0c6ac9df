import type { ReactNode } from 'react'
import { isWholeImage } from '#components/report/whole-image.ts'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { lastTruths } from './last-truths.ts'
import type { PlatformRows } from './platform-rows-model.ts'
import { GapRow, ListedRow } from './platforms-table-rows.tsx'

/** More rows would make the page slow; no image that people pull has so many. */
const MAX_ROWS = 200

interface PlatformsTableProps {
  readonly table: PlatformRows
  /** Of the last run: what binaries are and how they ran. */
  readonly report: ReportDto | undefined
}

/**
 * Every platform with its four truths side by side: what the index says, what the config says, what the binaries are,
 * what happened when it ran. Missing primary platforms are gaps.
 */
export function PlatformsTable({ table, report }: PlatformsTableProps) {
  const { rows, columns } = table
  return (
    <Section title="Four truths">
      <div className="card overflow-x-auto">
        <table className="w-full border-separate border-spacing-0 text-left">
          <thead>
            <tr>
              <Head>Platform</Head>
              <Head className="max-md:hidden">Index says</Head>
              <Head>Config says</Head>
              {columns.variant && <Head className="max-lg:hidden">Variant</Head>}
              {columns.osVersion && <Head className="max-lg:hidden">os.version</Head>}
              <Head className="max-md:hidden">Binaries are</Head>
              <Head className="max-sm:hidden">It ran</Head>
              {columns.presence && <Head className="max-md:hidden">In the registry</Head>}
              <Head className="text-right">Size</Head>
              <Head className="text-right max-lg:hidden">Built</Head>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>*]:border-b-0">
            {rows
              .slice(0, MAX_ROWS)
              .map((row) =>
                row.kind === 'gap' ? (
                  <GapRow key={row.platform} platform={row.platform} columns={columns} />
                ) : (
                  <ListedRow
                    key={row.id}
                    row={row}
                    columns={columns}
                    truths={lastTruths(report, row.platform)}
                  />
                ),
              )}
          </tbody>
        </table>
      </div>
      {rows.length > MAX_ROWS && (
        <p className="mt-2 text-note text-warn">
          {plural(rows.length - MAX_ROWS, 'more platform')} left out here; the API has them all.
        </p>
      )}
      <p className="mt-2 text-muted text-note">
        Sizes are compressed: what a client downloads.{' '}
        {columns.presence
          ? '“In the registry” means that manifest and config were read; layers were not downloaded.'
          : 'Every manifest and config is in the registry; layers were not downloaded.'}{' '}
        {report
          ? isWholeImage(report)
            ? 'The last run looked at every file of the layers.'
            : 'Of the binaries only what executes at the start was looked at.'
          : 'What the binaries are and whether they run is not known until it is validated.'}
      </p>
    </Section>
  )
}

function Head({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <th
      scope="col"
      className={cn(
        'whitespace-nowrap border-line border-b bg-sunken px-3.5 py-2 font-[550] text-muted text-note max-sm:px-2.5',
        className,
      )}
    >
      {children}
    </th>
  )
}
