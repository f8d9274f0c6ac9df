import { formatBytes } from '#components/ui/bytes.ts'
import { Chip } from '#components/ui/chip.tsx'
import { cn } from '#components/ui/cn.ts'
import { DigestText } from '#components/ui/digest-text.tsx'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { TimeAgo } from '#components/ui/time-ago.tsx'
import type { ImagePlatformDto } from '#lib/api/image.ts'
import { FindingCount } from './finding-count.tsx'
import { ForeignText } from './foreign-text.tsx'
import type { LastTruths } from './last-truths.ts'
import { ConfigSays, IndexSays, Note, NotKnown, PresenceMark } from './platform-cells.tsx'
import { PlatformLink, PlatformRow } from './platform-row.tsx'
import type { ListedPlatform, PlatformRows } from './platform-rows-model.ts'
import { ShareBar } from './share-bar.tsx'
import { TruthCell } from './truth-cell.tsx'

const CELL = 'border-line border-b px-3.5 py-2.5 align-top max-sm:px-2.5'

interface ListedRowProps {
  readonly row: ListedPlatform
  readonly columns: PlatformRows['columns']
  readonly truths: LastTruths
}

/** A platform that is listed. */
export function ListedRow({ row, columns, truths }: ListedRowProps) {
  const { id, platform, share } = row
  return (
    <PlatformRow id={id}>
      <th scope="row" className={cn(CELL, 'font-normal')}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <PlatformLink id={id}>
            <PlatformName platform={platform.platform} className="font-semibold text-ink" />
          </PlatformLink>
          <FindingCount findings={row.findings} />
          {platform.shadowed && (
            <Chip
              size="small"
              title="An earlier entry of the same platform wins: clients never pick this one"
            >
              shadowed
            </Chip>
          )}
          {platform.nestedIn !== undefined && (
            <Chip size="small" title={`Listed by the nested index ${platform.nestedIn}`}>
              nested
            </Chip>
          )}
        </span>
        <DigestText
          digest={platform.digest}
          of={platform.platform}
          algorithm
          className="max-sm:[&>span]:text-micro"
        />
        <Folded platform={platform} />
        {truths.binaries && (
          <span className="mt-0.5 block md:hidden">
            <TruthCell truth={truths.binaries} unknown="not looked at" />
          </span>
        )}
        {truths.ran && (
          <span className="mt-0.5 block sm:hidden">
            <TruthCell truth={truths.ran} unknown="not run" />
          </span>
        )}
      </th>
      <td className={cn(CELL, 'max-md:hidden')}>
        <IndexSays platform={platform} />
      </td>
      <td className={CELL}>
        <ConfigSays platform={platform} />
      </td>
      {columns.variant && (
        <td className={cn(CELL, 'max-lg:hidden')}>
          <ForeignText text={platform.variant ?? ''} maxLength={60} className="mono" />
        </td>
      )}
      {columns.osVersion && (
        <td className={cn(CELL, 'max-lg:hidden')}>
          <ForeignText text={platform.osVersion ?? ''} maxLength={60} className="mono" />
        </td>
      )}
      <td className={cn(CELL, 'max-md:hidden')}>
        <TruthCell truth={truths.binaries} unknown="not looked at" />
      </td>
      <td className={cn(CELL, 'max-sm:hidden')}>
        <TruthCell truth={truths.ran} unknown="not run" />
      </td>
      {columns.presence && (
        <td className={cn(CELL, 'max-md:hidden')}>
          <PresenceMark platform={platform} />
        </td>
      )}
      <td className={cn(CELL, 'whitespace-nowrap text-right tabular-nums')}>
        {platform.sizeBytes === undefined ? (
          <NotKnown />
        ) : (
          <span className="flex items-center justify-end gap-2.5">
            {share !== undefined && <ShareBar share={share} className="w-16 max-lg:hidden" />}
            <span className="sm:min-w-[4.5em]">{formatBytes(platform.sizeBytes)}</span>
          </span>
        )}
      </td>
      <td className={cn(CELL, 'whitespace-nowrap text-right text-muted max-lg:hidden')}>
        {platform.config?.created === undefined ? <NotKnown /> : <TimeAgo at={platform.config.created} />}
      </td>
    </PlatformRow>
  )
}

/** A primary platform that the index does not list: a hole. */
export function GapRow({ platform, columns }: { platform: string; columns: PlatformRows['columns'] }) {
  const span = 6 + Number(columns.variant) + Number(columns.osVersion) + Number(columns.presence)
  return (
    <tr>
      <th scope="row" className={cn(CELL, 'font-normal')}>
        <span className="flex items-center gap-2">
          <PlatformName platform={platform} className="text-muted" />
        </span>
      </th>
      <td className={cn(CELL, 'text-fail')} colSpan={span}>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className="hole size-4 rounded-[4px]" />
          <span className="font-[550]">Not in this index</span>
        </span>
      </td>
    </tr>
  )
}

/** What narrow windows have no column for. */
function Folded({ platform }: { platform: ImagePlatformDto }) {
  return (
    <>
      {platform.osVersion !== undefined && (
        <Note className="mono lg:hidden">
          <ForeignText text={platform.osVersion} maxLength={60} />
        </Note>
      )}
      {(platform.presence !== 'present' || platform.problem) && (
        <span className="mt-0.5 block md:hidden">
          <PresenceMark platform={platform} />
        </span>
      )}
    </>
  )
}
