'use client'

import { Plus, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FieldProblem } from '#components/ui/field.tsx'

/** `key` tells rows apart while what they hold is the same. */
interface Row {
  readonly key: number
}

interface RowsFieldProps<R extends Row> {
  readonly legend: string
  readonly rows: readonly R[]
  readonly empty: Omit<R, 'key'>
  readonly problem: string | undefined
  readonly onChange: (rows: readonly R[]) => void
  /** “Add a variable” */
  readonly add: string
  /** What the button that removes a row is called. */
  readonly remove: (row: R, at: number) => string
  readonly note: ReactNode
  readonly children: (row: R, at: number, change: (by: Partial<R>) => void) => ReactNode
}

/** Rows that are added and removed, with what is wrong among them. */
export function RowsField<R extends Row>(props: RowsFieldProps<R>) {
  const { legend, rows, empty, problem, onChange, add, remove, note, children } = props
  const lastKey = useRef(0)
  const addRow = () => {
    lastKey.current += 1
    onChange([...rows, { ...empty, key: lastKey.current } as R])
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-[550]">{legend}</legend>
      {rows.map((row, at) => (
        <div key={row.key} className="flex items-start gap-1.5">
          {children(row, at, (by) =>
            onChange(rows.map((each) => (each.key === row.key ? { ...each, ...by } : each))),
          )}
          <Button
            variant="ghost"
            size="icon"
            aria-label={remove(row, at)}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <X aria-hidden="true" className="size-3.5" />
          </Button>
        </div>
      ))}
      {problem !== undefined && (
        <div role="status" className="text-note">
          <FieldProblem text={problem} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="small" onClick={addRow}>
          <Plus aria-hidden="true" className="size-3.5 text-muted" />
          {add}
        </Button>
        <span className="text-muted text-note">{note}</span>
      </div>
    </fieldset>
  )
}
