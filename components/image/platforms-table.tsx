import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { Section } from '#components/ui/section.tsx'
import type { PlatformRows } from './platform-rows-model.ts'
import { GapRow, ListedRow } from './platforms-table-rows.tsx'

/** More rows would make the page slow; no image that people pull has so many. */
const MAX_ROWS = 200

/** Every platform: what the index says beside what the config says. Missing primary platforms are gaps. */
export function PlatformsTable({ table }: { table: PlatformRows }) {
  const { rows, columns } = table
  return (
    <Section title="Platforms: what the index says, what the config says">
      <div className="card overflow-x-auto">
        <table className="w-full border-separate border-spacing-0 text-left">
          <thead>
            <tr>
              <Head>Platform</Head>
              <Head className="max-md:hidden">Index says</Head>
              <Head>Config says</Head>
              {columns.variant && <Head className="max-lg:hidden">Variant</Head>}
              {columns.osVersion && <Head className="max-lg:hidden">os.version</Head>}
              <Head className="max-md:hidden">In the registry</Head>
              <Head className="text-right">Size</Head>
              <Head className="text-right max-sm:hidden">Built</Head>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>*]:border-b-0">
            {rows
              .slice(0, MAX_ROWS)
              .map((row) =>
                row.kind === 'gap' ? (
                  <GapRow key={row.platform} platform={row.platform} columns={columns} />
                ) : (
                  <ListedRow key={row.id} row={row} columns={columns} />
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
        Sizes are compressed: what a client downloads. “In the registry” means that manifest and config were
        read; layers were not downloaded.
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
