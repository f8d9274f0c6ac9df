import { ToggleChip } from '#components/ui/chip.tsx'
import { formatCount } from '#components/ui/plural.ts'
import { folds, toggledFold } from './fold-words.ts'

interface FoldChipsProps {
  readonly counts: Readonly<Record<string, number>>
  readonly unfold: readonly string[]
  readonly onChange: (unfold: readonly string[]) => void
}

/** What is expected to differ and therefore folded away: how often, why, and a switch for each reason. */
export function FoldChips({ counts, unfold, onChange }: FoldChipsProps) {
  const all = folds(counts, unfold)
  if (all.length === 0) return null
  return (
    <fieldset className="mt-4 flex flex-wrap items-center gap-2 print:hidden">
      <legend className="sr-only">Expected differences</legend>
      <span className="text-muted">Expected to differ, folded away:</span>
      {all.map(({ reason, count, text, why, isShown }) => (
        <ToggleChip
          key={reason}
          pressed={isShown}
          title={`${why} ${isShown ? 'Shown.' : 'Click to show them.'}`}
          onClick={() => onChange(toggledFold(all, reason))}
        >
          {text} <span className="tabular-nums">{formatCount(count)}</span>
        </ToggleChip>
      ))}
    </fieldset>
  )
}
