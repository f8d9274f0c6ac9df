import { PlatformName } from '#components/ui/platform-name.tsx'
import { Section } from '#components/ui/section.tsx'
import { TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { ImageResponse } from '#lib/api/image.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import { DETAILS_ID } from './details-anchor.ts'
import { FindingsSection } from './findings-section.tsx'
import { ForeignText } from './foreign-text.tsx'
import { PlatformDetails } from './platform-details.tsx'
import { type ListedPlatform, platformRows, selectedRow } from './platform-rows-model.ts'
import { PlatformSelection } from './platform-selection.tsx'
import { PlatformTabs } from './platform-tabs.tsx'
import { PlatformsTable } from './platforms-table.tsx'

/** With more platforms than this, only the selected one's details are sent. */
const MAX_LOADED = 12

interface PlatformsSectionProps {
  readonly image: ImageResponse
  /** The image with the findings that take longer. */
  readonly further: Promise<ImageResponse>
  readonly wanted: string | undefined
  /** Of its last run. */
  readonly report: ReportDto | undefined
}

/** The platforms of an image: the table, the findings, and the details of the selected one. */
export function PlatformsSection({ image, further, wanted, report }: PlatformsSectionProps) {
  const table = platformRows(image)
  const { listed } = table
  const selected = selectedRow(listed, wanted)
  const loaded = listed.length <= MAX_LOADED ? listed : selected ? [selected] : []
  const panels = Object.fromEntries(
    loaded.map((row) => [row.id, <PlatformDetails key={row.id} image={image} platform={row.platform} />]),
  )
  return (
    <PlatformSelection initial={selected?.id} loaded={loaded.map((row) => row.id)}>
      {(image.kind === 'index' || report) && <PlatformsTable table={table} report={report} />}
      <FindingsSection image={image} further={further} />
      {selected && (
        <div id={DETAILS_ID} className="scroll-mt-14">
          <Section title={image.kind === 'image' ? 'The image' : 'Platform by platform'}>
            <PlatformTabs
              tabs={listed.map((row) => ({ id: row.id, name: tabName(row), label: <TabLabel row={row} /> }))}
              panels={panels}
            />
          </Section>
        </div>
      )}
    </PlatformSelection>
  )
}

/** The part of an `os.version` that tells Windows builds apart: `17763` of `10.0.17763.6659`. */
function windowsBuild(osVersion: string): string {
  return osVersion.split('.')[2] ?? osVersion
}

/** What tells entries of one platform apart: the Windows build, and the place among duplicates. */
function apart({ id, platform }: ListedPlatform): string {
  const place = id.includes('~') ? `no. ${id.split('~').at(-1)}` : ''
  const build = platform.osVersion === undefined ? '' : windowsBuild(platform.osVersion)
  return [build, place].filter((part) => part !== '').join(' ')
}

function tabName(row: ListedPlatform): string {
  const { platform, findings } = row
  const hasError = findings.some((finding) => finding.severity === 'error')
  const name = [platform.platform, apart(row)].filter((part) => part !== '').join(' ')
  return `${name}${hasError ? ', has errors' : ''}${platform.presence === 'present' ? '' : `, ${platform.presence}`}`
}

function TabLabel({ row }: { row: ListedPlatform }) {
  const { platform, findings } = row
  const hasError = findings.some((finding) => finding.severity === 'error')
  const isAbsent = platform.presence !== 'present'
  const tone = hasError || platform.presence === 'missing' ? 'fail' : 'warn'
  return (
    <>
      <PlatformName platform={platform.platform} short />
      {apart(row) !== '' && (
        <>
          {' '}
          <ForeignText text={apart(row)} maxLength={40} className="mono text-muted" />
        </>
      )}
      {(hasError || isAbsent) && (
        <span className={TONE_TEXT[tone]}>
          <ToneIcon tone={tone} className="size-3" />
        </span>
      )}
    </>
  )
}
