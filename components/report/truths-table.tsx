import type { ReactNode } from 'react'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { jobAnchor } from './job-anchor.ts'
import { TruthCell } from './truth-cell.tsx'
import { type TruthsRow, truthsRows } from './truths-model.ts'

const CELL =
  'border-line border-b px-3.5 py-2.5 align-top max-sm:block max-sm:border-b-0 max-sm:px-0 max-sm:py-0'

/** Platform by platform what index, config and binaries say and what happened when it ran. On a phone a row is a card. */
export function TruthsTable({ report }: { report: ReportDto }) {
  return (
    <Section title="Four truths">
      <div className="card overflow-hidden">
        <table className="w-full border-separate border-spacing-0 text-left max-sm:block">
          <thead className="max-sm:sr-only">
            <tr>
              <Head>Platform</Head>
              <Head>Index says</Head>
              <Head>Config says</Head>
              <Head note="entrypoint only">Binaries are</Head>
              <Head>It ran</Head>
              <Head className="text-right">Size</Head>
            </tr>
          </thead>
          <tbody className="max-sm:block [&>tr:last-child>*]:border-b-0">
            {truthsRows(report).map((row) => (
              <Row key={row.platform} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-muted text-note">
        Of the binaries, only what executes when the container starts was looked at: the entrypoint, its
        interpreter, what it launches. Sizes are compressed.
      </p>
    </Section>
  )
}

function Head({ children, note, className }: { children: ReactNode; note?: string; className?: string }) {
  return (
    <th
      scope="col"
      className={cn(
        'border-line border-b bg-sunken px-3.5 py-2 align-bottom font-[550] text-muted text-note',
        className,
      )}
    >
      {children}
      {note !== undefined && <span className="font-normal">, {note}</span>}
    </th>
  )
}

function Row({ row }: { row: TruthsRow }) {
  const { platform, digest, sizeBytes } = row
  return (
    <tr className="group/row break-inside-avoid max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-3 max-sm:gap-y-2.5 max-sm:border-line max-sm:border-b max-sm:px-3.5 max-sm:py-3 max-sm:last:border-b-0">
      <th
        scope="row"
        className={cn(CELL, 'font-normal max-sm:col-span-2 max-sm:flex max-sm:flex-wrap max-sm:gap-x-3')}
      >
        <a href={`#${jobAnchor(platform)}`} className="block rounded-mark hover:underline">
          <PlatformName platform={platform} className="font-semibold text-ink" />
        </a>
        {digest !== undefined && <DigestText digest={digest} of={platform} algorithm />}
      </th>
      <td className={CELL}>
        <Label>Index says</Label>
        <TruthCell truth={row.index} />
      </td>
      <td className={CELL}>
        <Label>Config says</Label>
        <TruthCell truth={row.config} />
      </td>
      <td className={CELL}>
        <Label>Binaries are (entrypoint)</Label>
        <TruthCell truth={row.binaries} />
      </td>
      <td className={CELL}>
        <Label>It ran</Label>
        <TruthCell truth={row.execution} />
      </td>
      <td className={cn(CELL, 'whitespace-nowrap text-right tabular-nums max-sm:hidden')}>
        {sizeBytes !== undefined && formatBytes(sizeBytes)}
      </td>
    </tr>
  )
}

/** A card's rows have no column heads above them; screen readers have them anyway. */
function Label({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden="true" className="block text-micro text-muted sm:hidden">
      {children}
    </span>
  )
}
