'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { cn } from './cn.ts'
import { plural } from './plural.ts'
import { useViewOf } from './use-view-of.ts'

/** A column of a table that may be long. */
export interface LongColumn<T> {
  readonly title: string
  readonly cell: (row: T) => ReactNode
  /** Of the header cell: its width. */
  readonly className?: string
  /** Numbers stand at the right, digit under digit. */
  readonly isNumber?: boolean
}

interface LongTableProps<T> {
  readonly caption: string
  /** The first names the row. */
  readonly columns: readonly LongColumn<T>[]
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  /** Of the row that the address leads to: it is marked and brought into view. */
  readonly target?: string | undefined
}

const SHOWN_AT_FIRST = 300

/** A table that may be long: the first rows at once, the rest when asked for. On a phone cells stand below each other. */
export function LongTable<T>({ caption, columns, rows, keyOf, target }: LongTableProps<T>) {
  const [isWhole, setIsWhole] = useState(false)
  const at = target === undefined ? -1 : rows.findIndex((row) => keyOf(row) === target)
  const shown = isWhole || at >= SHOWN_AT_FIRST ? rows : rows.slice(0, SHOWN_AT_FIRST)
  const place = useViewOf<HTMLTableRowElement>(target, at >= 0)
  return (
    <div className="card overflow-hidden">
      <table className="w-full table-fixed border-collapse text-left max-sm:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-sunken max-sm:sr-only">
          <tr>
            {columns.map(({ title, className, isNumber }) => (
              <th
                key={title}
                scope="col"
                className={cn(
                  'px-3.5 py-2 font-[550] text-muted text-note',
                  isNumber && 'text-right',
                  className,
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {shown.map((row, index) => (
            <tr
              key={keyOf(row)}
              ref={index === at ? place : undefined}
              aria-current={index === at ? 'location' : undefined}
              className={cn(
                'group/line border-line border-t align-top max-sm:block max-sm:py-1.5',
                index === at && 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]',
              )}
            >
              {columns.map(({ title, cell, isNumber }, column) =>
                column === 0 ? (
                  <th
                    key={title}
                    scope="row"
                    className="break-words px-3.5 py-[7px] font-normal max-sm:block max-sm:py-0.5"
                  >
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={title}
                    className={cn(
                      'break-words px-3.5 py-[7px] max-sm:block max-sm:py-0.5',
                      isNumber && 'tabular-nums sm:text-right',
                    )}
                  >
                    <span className="text-muted text-note sm:hidden">{title}: </span>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className="border-line border-t px-3.5 py-2">
          <Button size="small" onClick={() => setIsWhole(true)}>
            Show {plural(rows.length - shown.length, 'more', 'more')}
          </Button>
        </p>
      )}
    </div>
  )
}
