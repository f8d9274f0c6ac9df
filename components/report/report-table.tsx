import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'

/** The look of a cell; on a phone a row is a card and its cells are blocks in it. */
export const CELL =
  'border-line border-b px-3.5 py-2.5 align-top max-sm:block max-sm:border-b-0 max-sm:px-0 max-sm:py-0'

/** The look of a row, for CELLs. */
export const ROW =
  'group/row break-inside-avoid max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-3 max-sm:gap-y-2.5 max-sm:border-line max-sm:border-b max-sm:px-3.5 max-sm:py-3 max-sm:last:border-b-0'

/** A table of a report: `head` holds its `Head`s, `children` rows of the look above. */
export function ReportTable({
  head,
  isFixed = false,
  children,
}: {
  head: ReactNode
  /** Columns keep the widths of their heads, so that tables below each other line up. */
  isFixed?: boolean
  children: ReactNode
}) {
  return (
    <div className="card overflow-hidden">
      <table
        className={cn(
          'w-full border-separate border-spacing-0 text-left max-sm:block',
          isFixed && 'table-fixed',
        )}
      >
        <thead className="max-sm:sr-only">
          <tr>{head}</tr>
        </thead>
        <tbody className="max-sm:block [&>tr:last-child>*]:border-b-0">{children}</tbody>
      </table>
    </div>
  )
}

/** The head of a column. */
export function Head({
  children,
  note,
  className,
}: {
  children: ReactNode
  note?: string
  className?: string
}) {
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

/** A card's rows have no column heads above them; screen readers have them anyway. */
export function CellLabel({ children }: { children: ReactNode }) {
  return (
    <span aria-hidden="true" className="block text-micro text-muted sm:hidden">
      {children}
    </span>
  )
}
