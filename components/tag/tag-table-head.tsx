import { Fragment } from 'react'
import { cn } from '#components/ui/cn.ts'
import { ROW_GRID, type TableColumns } from './table-grid.ts'
import { shortPlatform } from './tag-rows-model.ts'

/** The heads of the columns; they stay in sight below the page's bar. */
export function TagTableHead({ columns }: { columns: TableColumns }) {
  const { platforms, foldedWide, foldedNarrow } = columns
  return (
    <thead className="sticky top-14 z-10 block">
      <tr
        aria-rowindex={1}
        className={cn(
          ROW_GRID,
          'items-end rounded-t-[9px] border-line border-b bg-sunken py-2 text-note leading-[1.25] max-sm:text-micro',
          '[&>th]:text-left [&>th]:font-[550] [&>th]:text-muted',
        )}
      >
        <th scope="col">Tag</th>
        <th scope="col" className="hidden lg:block">
          Digest
        </th>
        {platforms.map(({ platform, isWideOnly }) => (
          <th
            key={platform}
            scope="col"
            title={platform}
            className={cn('text-center!', isWideOnly && 'hidden lg:block')}
          >
            <PlatformHead platform={platform} />
          </th>
        ))}
        {foldedWide.length > 0 && (
          <th scope="col" title={foldedWide.join(', ')} className="text-center! hidden lg:block">
            others
          </th>
        )}
        {foldedNarrow.length > 0 && (
          <th scope="col" title={foldedNarrow.join(', ')} className="text-center! lg:hidden">
            <span className="max-sm:sr-only">others</span>
            <span aria-hidden="true" className="sm:hidden">
              +
            </span>
          </th>
        )}
        <th scope="col" className="text-right! hidden sm:block">
          Size
        </th>
        <th scope="col" className="hidden pl-5 lg:block">
          Verdict
        </th>
        <th scope="col" className="text-right! hidden sm:block">
          Created
        </th>
      </tr>
    </thead>
  )
}

/** A long name breaks after its slashes: the operating system or the variant gets a line of its own. */
function PlatformHead({ platform }: { platform: string }) {
  return shortPlatform(platform)
    .split('/')
    .map((part, at) => (
      <Fragment key={part}>
        {at > 0 && (
          <>
            /<wbr />
          </>
        )}
        {part}
      </Fragment>
    ))
}
