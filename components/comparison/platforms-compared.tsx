import { CELL, CellLabel, Head, ReportTable, ROW } from '#components/report/report-table.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import { CHANGE_LOOKS } from './change-look.ts'
import type { PlatformLine } from './comparison-model.ts'
import { SideCellView } from './side-cell-view.tsx'

/** Every platform of both reports: how it went, and its verdict in either. */
export function PlatformsCompared({ lines }: { lines: readonly PlatformLine[] }) {
  return (
    <Section title="Platforms">
      <ReportTable
        isFixed
        head={
          <>
            <Head className="w-[19%]">Platform</Head>
            <Head className="w-[21%]">Change</Head>
            <Head>Before</Head>
            <Head>After</Head>
          </>
        }
      >
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a platform may be listed twice
          <Row key={at} line={line} />
        ))}
      </ReportTable>
    </Section>
  )
}

function Row({ line: { platform, change, presence, from, to } }: { line: PlatformLine }) {
  const { tone, word } = CHANGE_LOOKS[change]
  const isQuiet = change === 'same'
  return (
    <tr className={ROW}>
      <th scope="row" className={cn(CELL, 'font-normal')}>
        <PlatformName
          platform={platform}
          className={cn('font-semibold', isQuiet ? 'text-muted' : 'text-ink')}
        />
      </th>
      <td className={CELL}>
        <span className="flex flex-wrap items-center gap-x-2">
          {isQuiet ? <span className="text-muted">{word}</span> : <Mark tone={tone}>{word}</Mark>}
          {presence && <Chip size="small">{presence}</Chip>}
        </span>
      </td>
      <td className={CELL}>
        <CellLabel>Before</CellLabel>
        <SideCellView cell={from} label={`${platform}, before`} />
      </td>
      <td className={CELL}>
        <CellLabel>After</CellLabel>
        <SideCellView cell={to} label={`${platform}, after`} />
      </td>
    </tr>
  )
}
