import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ReportDto } from '#lib/api/reports.ts'
import { jobAnchor } from './job-anchor.ts'
import { CELL, CellLabel, Head, ReportTable, ROW } from './report-table.tsx'
import { TruthCell } from './truth-cell.tsx'
import { type TruthsRow, truthsRows } from './truths-model.ts'
import { isWholeImage } from './whole-image.ts'

/** Platform by platform what index, config and binaries say and what happened when it ran. On a phone a row is a card. */
export function TruthsTable({ report }: { report: ReportDto }) {
  const isWhole = isWholeImage(report)
  return (
    <Section title="Four truths">
      <ReportTable
        head={
          <>
            <Head>Platform</Head>
            <Head>Index says</Head>
            <Head>Config says</Head>
            <Head {...(isWhole ? {} : { note: 'entrypoint only' })}>Binaries are</Head>
            <Head>It ran</Head>
            <Head className="text-right">Size</Head>
          </>
        }
      >
        {truthsRows(report).map((row) => (
          <Row key={row.platform} row={row} isWhole={isWhole} />
        ))}
      </ReportTable>
      <p className="mt-2 text-muted text-note">
        {isWhole
          ? 'Of the binaries, what executes when the container starts is named; every other file of the layers was looked at too. '
          : 'Of the binaries, only what executes when the container starts was looked at: the entrypoint, its interpreter, what it launches. '}
        Sizes are compressed.
      </p>
    </Section>
  )
}

function Row({ row, isWhole }: { row: TruthsRow; isWhole: boolean }) {
  const { platform, digest, sizeBytes } = row
  return (
    <tr className={ROW}>
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
        <CellLabel>Index says</CellLabel>
        <TruthCell truth={row.index} />
      </td>
      <td className={CELL}>
        <CellLabel>Config says</CellLabel>
        <TruthCell truth={row.config} />
      </td>
      <td className={CELL}>
        <CellLabel>{isWhole ? 'Binaries are' : 'Binaries are (entrypoint)'}</CellLabel>
        <TruthCell truth={row.binaries} />
      </td>
      <td className={CELL}>
        <CellLabel>It ran</CellLabel>
        <TruthCell truth={row.execution} />
      </td>
      <td className={cn(CELL, 'whitespace-nowrap text-right tabular-nums max-sm:hidden')}>
        {sizeBytes !== undefined && formatBytes(sizeBytes)}
      </td>
    </tr>
  )
}
