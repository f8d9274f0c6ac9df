import type { ReactNode } from 'react'
import { LongText } from '#components/image/long-text.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { LongTable } from '#components/ui/long-table.tsx'
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

/** Differences as a table: name, value on one side, value on the other. */
export function PairTable({ caption, what, from, to, rows }: PairTableProps) {
  return (
    <LongTable
      caption={caption}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        {
          title: what,
          className: 'w-[26%]',
          cell: ({ name, folded }) => (
            <span className="flex flex-wrap items-baseline gap-x-2">
              {name}
              {folded !== undefined && (
                <Chip size="small" title={foldWords(folded).why}>
                  expected
                </Chip>
              )}
            </span>
          ),
        },
        { title: from, cell: (row) => <Value value={row.from} /> },
        { title: to, cell: (row) => <Value value={row.to} /> },
      ]}
    />
  )
}

function Value({ value }: { value: string | undefined }) {
  if (value === undefined) return <span className="text-muted">not there</span>
  if (value === '') return <span className="text-muted">empty</span>
  return (
    <span className="mono whitespace-pre-wrap break-words">
      <LongText text={value} />
    </span>
  )
}
