'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { cn } from './cn.ts'
import { plural } from './plural.ts'

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
}

const SHOWN_AT_FIRST = 300

/** A table that may be long: the first rows at once, the rest when asked for. On a phone cells stand below each other. */
export function LongTable<T>({ caption, columns, rows, keyOf }: LongTableProps<T>) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, SHOWN_AT_FIRST)
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
          {shown.map((row) => (
            <tr key={keyOf(row)} className="border-line border-t align-top max-sm:block max-sm:py-1.5">
              {columns.map(({ title, cell, isNumber }, at) =>
                at === 0 ? (
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
