import { ForeignText } from '#components/image/foreign-text.tsx'
import { CELL, CellLabel, Head, ReportTable, ROW } from '#components/report/report-table.tsx'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import type { ChangeGroup, ChangeLine } from './change-line.ts'
import { SideCellView } from './side-cell-view.tsx'

const TITLES: Readonly<Record<ChangeGroup, string>> = {
  worse: 'Worse',
  better: 'Better',
  unclear: 'Nobody looked on one side',
  other: 'Different, and neither better nor worse',
  accepted: 'Accepted by the policy',
}
const NOTES: Readonly<Partial<Record<ChangeGroup, string>>> = {
  unclear: 'What was not looked at again is not fixed, and not broken.',
  accepted: 'Still in the image; an exception of archway.yaml makes it count for nothing.',
}
/** A page is for reading; the API has them all. */
const SHOWN_MAX = 200

/** What changed in one way, each with both values and a way into both reports. */
export function ChangeList({ group, lines }: { group: ChangeGroup; lines: readonly ChangeLine[] }) {
  if (lines.length === 0) return null
  const note = NOTES[group]
  return (
    <Section
      title={`${TITLES[group]} · ${lines.length}`}
      aside={note !== undefined && <p className="text-muted text-note">{note}</p>}
    >
      <ReportTable
        isFixed
        head={
          <>
            <Head className="w-[19%]">Platform</Head>
            <Head>What</Head>
            <Head className="w-[19%]">Before</Head>
            <Head className="w-[19%]">After</Head>
          </>
        }
      >
        {lines.slice(0, SHOWN_MAX).map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes have no identity but their place
          <Row key={at} line={line} />
        ))}
      </ReportTable>
      {lines.length > SHOWN_MAX && (
        <p className="mt-2 text-muted text-note">and {lines.length - SHOWN_MAX} more; the API has them all</p>
      )}
    </Section>
  )
}

function Row({ line: { platform, what, code, from, to, text } }: { line: ChangeLine }) {
  const of = `${platform ?? 'The whole image'}, ${what}`
  return (
    <tr className={ROW}>
      <th scope="row" className={cn(CELL, 'font-normal max-sm:col-span-2')}>
        {platform === undefined ? (
          <span className="text-muted">the whole image</span>
        ) : (
          <PlatformName platform={platform} className="font-semibold text-ink" />
        )}
      </th>
      <td className={cn(CELL, 'max-sm:col-span-2')}>
        <span className="flex flex-wrap items-baseline gap-x-2.5">
          <ForeignText text={what} maxLength={300} className="min-w-0 break-words font-[580]" />
          {code !== undefined && <span className="mono text-muted">{code}</span>}
        </span>
        {text !== undefined && (
          <ForeignText
            text={text}
            maxLength={1_000}
            className="mt-px block break-words text-muted text-note"
          />
        )}
      </td>
      <td className={CELL}>
        <CellLabel>Before</CellLabel>
        <SideCellView cell={from} label={`${of}, before`} />
      </td>
      <td className={CELL}>
        <CellLabel>After</CellLabel>
        <SideCellView cell={to} label={`${of}, after`} />
      </td>
    </tr>
  )
}
