'use client'

import { type ReactNode, useState } from 'react'
import { LongText } from '#components/image/long-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { plural } from '#components/ui/plural.ts'
import { foldWords } from './fold-words.ts'

/** A difference of two values, each absent where its side has none. */
export interface PairRow {
  readonly key: string
  readonly name: ReactNode
  readonly from: string | undefined
  readonly to: string | undefined
  readonly folded: string | undefined
}

interface PairTableProps {
  readonly caption: string
  /** Heading of the names. */
  readonly what: string
  /** Names of the sides. */
  readonly from: string
  readonly to: string
  readonly rows: readonly PairRow[]
}

const SHOWN_AT_FIRST = 200

/** Differences as a table: name, value on one side, value on the other. On a phone the values stand below each other. */
export function PairTable({ caption, what, from, to, rows }: PairTableProps) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, SHOWN_AT_FIRST)
  return (
    <div className="card overflow-hidden">
      <table className="w-full table-fixed border-collapse text-left max-sm:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-sunken max-sm:sr-only">
          <tr>
            {[what, from, to].map((head, at) => (
              <th
                key={head}
                scope="col"
                className={`px-3.5 py-2 font-normal text-label text-muted ${at === 0 ? 'w-[26%]' : ''}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {shown.map(({ key, name, from: left, to: right, folded }) => (
            <tr key={key} className="border-line border-t align-top max-sm:block max-sm:py-1.5">
              <th scope="row" className="px-3.5 py-2 font-normal max-sm:block max-sm:py-0.5">
                <span className="flex flex-wrap items-baseline gap-x-2">
                  {name}
                  {folded !== undefined && (
                    <Chip size="small" title={foldWords(folded).why}>
                      expected
                    </Chip>
                  )}
                </span>
              </th>
              <Value side={from} value={left} />
              <Value side={to} value={right} />
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

function Value({ side, value }: { side: string; value: string | undefined }) {
  return (
    <td className="px-3.5 py-2 max-sm:block max-sm:py-0.5">
      <span className="text-muted text-note sm:hidden">{side}: </span>
      {value === undefined ? (
        <span className="text-muted">not there</span>
      ) : value === '' ? (
        <span className="text-muted">empty</span>
      ) : (
        <span className="mono whitespace-pre-wrap break-words">
          <LongText text={value} />
        </span>
      )}
    </td>
  )
}
