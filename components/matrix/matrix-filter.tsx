import { ToggleChip } from '#components/ui/chip.tsx'
import { formatCount } from '#components/ui/plural.ts'
import type { AddressChange } from '#components/ui/use-address.ts'
import type { MatrixResponse } from '#lib/api/matrix.ts'
import type { MatrixKind } from './matrix-address.ts'

interface MatrixFilterProps {
  readonly matrix: MatrixResponse
  readonly show: 'differs' | 'all'
  readonly q: string
  readonly kind: MatrixKind | undefined
  readonly onChange: (change: AddressChange) => void
}

const KINDS = [
  ['config', 'Settings'],
  ['packages', 'Packages'],
] as const

/** What narrows the rows: whether they differ, a part, a text. */
export function MatrixFilter({ matrix: { summary }, show, q, kind, onChange }: MatrixFilterProps) {
  const differing = summary.config.differs + (summary.packages?.differs ?? 0)
  const total = [summary.config, summary.packages].reduce(
    (sum, counts) => sum + Object.values(counts ?? {}).reduce((a, b) => a + b, 0),
    0,
  )
  return (
    <search className="mt-4 mb-3 flex flex-wrap items-center gap-2.5 print:hidden">
      <input
        type="text"
        aria-label="Search rows by name or value"
        placeholder="Search…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={q}
        onChange={(event) => onChange({ q: event.target.value })}
        onKeyDown={(event) => event.key === 'Escape' && onChange({ q: '' })}
        className="w-60 rounded-full border border-line bg-surface px-3 py-0.5 transition-colors hover:border-line-strong focus:border-accent max-sm:w-full max-sm:py-1 max-sm:text-lead"
      />
      <ToggleChip pressed={show === 'differs'} onClick={() => onChange({ show: '' })}>
        What differs <span className="tabular-nums">{formatCount(differing)}</span>
      </ToggleChip>
      <ToggleChip pressed={show === 'all'} onClick={() => onChange({ show: 'all' })}>
        All <span className="tabular-nums">{formatCount(total)}</span>
      </ToggleChip>
      <span aria-hidden="true" className="h-4 w-px bg-line" />
      {KINDS.map(([name, word]) => (
        <ToggleChip
          key={name}
          pressed={kind === name}
          onClick={() => onChange({ kind: kind === name ? '' : name })}
        >
          {word}
        </ToggleChip>
      ))}
    </search>
  )
}
