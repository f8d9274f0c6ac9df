import Link from 'next/link'
import { ForeignText } from '#components/image/foreign-text.tsx'
import { formatBytes } from '#components/ui/bytes.ts'
import { cn } from '#components/ui/cn.ts'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { ToneIcon } from '#components/ui/tone-icon.tsx'
import { changedSearch } from '#components/ui/use-address.ts'
import type { MatrixPlatformDto, MatrixResponse } from '#lib/api/matrix.ts'
import { contentsPath } from '#lib/client/page-paths.ts'
import { BinariesCell, CellContent, cellBackground } from './matrix-cells.tsx'
import type { MatrixItem } from './matrix-items.ts'
import type { MatrixLine } from './matrix-rows.ts'

/** One line of the table. */
export const MATRIX_GRID = 'grid grid-cols-(--columns)'
const FIRST = 'font-normal sticky left-0 z-10 border-line border-r px-3.5 py-2 max-sm:px-2.5'
const CELL = 'min-w-0 px-3 py-2 max-sm:px-2'

/** The platforms, each with its size, or that not all of it could be read. */
export function MatrixHeads({ matrix: { reference, platforms } }: { matrix: MatrixResponse }) {
  return (
    <tr aria-rowindex={1} className={cn(MATRIX_GRID, 'bg-sunken text-label')}>
      <th scope="col" className={cn(FIRST, 'bg-sunken text-muted')}>
        Setting or package
      </th>
      {platforms.map((platform) => (
        <th key={platform.platform} scope="col" className={cn(CELL, 'font-normal')}>
          <Head reference={reference} platform={platform} />
        </th>
      ))}
    </tr>
  )
}

function Head({ reference, platform }: { reference: string; platform: MatrixPlatformDto }) {
  const { platform: name, sizeBytes, complete } = platform
  return (
    <>
      <Link
        href={contentsPath(reference, name, 'packages')}
        prefetch={false}
        className="block truncate hover:underline"
        title={`Inside ${name}`}
      >
        <PlatformName platform={name} />
      </Link>
      {complete ? (
        <span className="text-muted text-note">
          {sizeBytes === undefined ? 'size not known' : formatBytes(sizeBytes)}
        </span>
      ) : (
        <span className="inline-flex items-center gap-1 text-note text-warn">
          <ToneIcon tone="warn" className="size-3 shrink-0" />
          not all read
        </span>
      )}
    </>
  )
}

interface CellsProps {
  readonly item: MatrixItem
  readonly matrix: MatrixResponse
  readonly isOpen: boolean
  readonly onRow: (id: string) => void
}

/** The cells of one line of the table. */
export function MatrixItemCells({ item, matrix: { platforms, reference }, isOpen, onRow }: CellsProps) {
  switch (item.kind) {
    case 'head':
      return (
        <th
          scope="rowgroup"
          colSpan={platforms.length + 1}
          className="col-span-full bg-page font-normal text-muted text-note"
        >
          <span className="sticky left-0 inline-flex max-w-full flex-wrap gap-x-2.5 px-3.5 pt-3 pb-1.5 max-sm:px-2.5">
            <strong className="font-semibold">{item.title}</strong>
            {item.note}
          </span>
        </th>
      )
    case 'remark':
      return (
        <td colSpan={platforms.length + 1} className="col-span-full text-muted">
          <span className="sticky left-0 inline-block px-3.5 py-2 max-sm:px-2.5">{item.text}</span>
        </td>
      )
    case 'binaries':
      return (
        <>
          <th scope="row" className={cn(FIRST, 'bg-surface')}>
            ELF files
          </th>
          {platforms.map((platform) => (
            <td
              key={platform.platform}
              className={cn(CELL, (platform.binaries?.foreign ?? 0) > 0 && 'bg-fail-soft')}
            >
              <BinariesCell reference={reference} platform={platform} />
            </td>
          ))}
        </>
      )
    case 'line':
      return <LineCells line={item.line} platforms={platforms} isOpen={isOpen} onRow={onRow} />
  }
}

interface LineCellsProps {
  readonly line: MatrixLine
  readonly platforms: readonly MatrixPlatformDto[]
  readonly isOpen: boolean
  readonly onRow: (id: string) => void
}

function LineCells({ line, platforms, isOpen, onRow }: LineCellsProps) {
  return (
    <>
      <th scope="row" className={cn(FIRST, isOpen ? 'bg-accent-soft' : 'bg-surface')}>
        <RowLink line={line} isOpen={isOpen} onRow={onRow} />
        {line.note !== undefined && <span className="block text-muted text-note">{line.note}</span>}
      </th>
      {line.cells.map((cell, at) => (
        <td
          key={platforms[at]?.platform ?? at}
          className={cn(CELL, cellBackground(cell) ?? (isOpen && 'bg-accent-soft/50'))}
        >
          <CellContent cell={cell} line={line} isOpen={isOpen} />
        </td>
      ))}
    </>
  )
}

/** The name of a row, a link to it: a click opens it, shows all of its values and puts it into the address. */
function RowLink({ line, isOpen, onRow }: Pick<LineCellsProps, 'line' | 'isOpen' | 'onRow'>) {
  return (
    <a
      href={changedSearch(typeof window === 'undefined' ? '' : window.location.search, { row: line.id })}
      aria-expanded={isOpen}
      title={isOpen ? 'Close this row' : 'Show all of this row, and link to it'}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onRow(isOpen ? '' : line.id)
      }}
      className={cn('block break-words hover:underline', line.note !== undefined && 'mono')}
    >
      <ForeignText text={line.name} maxLength={300} />
    </a>
  )
}
