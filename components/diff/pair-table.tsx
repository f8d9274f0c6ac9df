import type { ReactNode } from 'react'
import { LongText } from '#components/image/long-text.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { LongTable } from '#components/ui/long-table.tsx'
import { useHash } from '#components/ui/use-hash.ts'
import { foldWords } from './fold-words.ts'
import { lineHash } from './line-hash.ts'
import { LineLink } from './line-link.tsx'

/** A difference of two values, each absent where its side has none. */
export interface PairRow {
  /** Names that tell it from the others of its part, for its address. */
  readonly id: readonly string[]
  readonly name: ReactNode
  readonly from: string | undefined
  readonly to: string | undefined
  readonly folded: string | undefined
}

interface PairTableProps {
  /** Id of the part, for the addresses of its rows. */
  readonly part: string
  readonly caption: string
  /** Heading of the names. */
  readonly what: string
  /** Names of the sides. */
  readonly from: string
  readonly to: string
  readonly rows: readonly PairRow[]
}

/** Differences as a table: name, value on one side, value on the other. Every row has an address. */
export function PairTable({ part, caption, what, from, to, rows }: PairTableProps) {
  const hash = useHash()
  const hashOf = ({ id }: PairRow) => lineHash(part, ...id)
  return (
    <LongTable
      caption={caption}
      rows={rows}
      keyOf={hashOf}
      target={hash}
      columns={[
        {
          title: what,
          className: 'w-[26%]',
          cell: (row) => (
            <span className="flex flex-wrap items-baseline gap-x-2">
              {row.name}
              {row.folded !== undefined && (
                <Chip size="small" title={foldWords(row.folded).why}>
                  expected
                </Chip>
              )}
              <LineLink hash={hashOf(row)} name={row.id.join(' ')} />
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
