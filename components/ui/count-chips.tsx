import { ToggleChip } from './chip.tsx'
import { formatCount } from './plural.ts'

interface CountChipsProps<T extends string> {
  /** Of every row, in any order: each kind becomes a chip, with how many rows are of it. */
  readonly kinds: readonly T[]
  readonly words?: Readonly<Record<T, string>>
  readonly chosen: string | undefined
  /** The empty text takes the choice back. */
  readonly onChoose: (kind: T | '') => void
}

/** Narrows a list to one kind of its rows. Nothing where all are of one kind. */
export function CountChips<T extends string>({ kinds, words, chosen, onChoose }: CountChipsProps<T>) {
  const counts = new Map<T, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  if (counts.size < 2) return null
  return [...counts].map(([kind, count]) => (
    <ToggleChip key={kind} pressed={chosen === kind} onClick={() => onChoose(chosen === kind ? '' : kind)}>
      {words?.[kind] ?? kind} <span className="tabular-nums">{formatCount(count)}</span>
    </ToggleChip>
  ))
}
