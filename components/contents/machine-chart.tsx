import { cn } from '#components/ui/cn.ts'
import { Mark } from '#components/ui/mark.tsx'
import { formatCount } from '#components/ui/plural.ts'
import type { BinariesResponse } from '#lib/api/binaries.ts'

interface MachineChartProps {
  readonly machines: BinariesResponse['machines']
  readonly platform: string
  /** The machine that the list is narrowed to. */
  readonly chosen: string | undefined
  readonly onChoose: (machine: string | undefined) => void
}

const LOOKS = {
  matches: { tone: 'pass', bar: 'bg-accent' },
  differs: { tone: 'fail', bar: 'bg-fail' },
  unknown: { tone: 'skip', bar: 'bg-skip' },
} as const

/** ELF files by architecture, as bars that narrow the list below; another architecture than the image’s is red and says so. */
export function MachineChart({ machines, platform, chosen, onChoose }: MachineChartProps) {
  if (machines.length === 0) return null
  const total = machines.reduce((sum, { count }) => sum + count, 0)
  const words = { matches: `right for ${platform}`, differs: `not for ${platform}`, unknown: 'not judged' }
  return (
    <ul aria-label="ELF files by architecture" className="card mt-4 divide-y divide-line overflow-hidden">
      {machines.map(({ machine, agrees, count }) => (
        <li key={`${machine} ${agrees}`}>
          <button
            type="button"
            aria-pressed={chosen === machine}
            onClick={() => onChoose(chosen === machine ? undefined : machine)}
            className={cn(
              'block w-full px-3.5 py-2.5 text-left -outline-offset-2 transition-colors',
              chosen === machine ? 'bg-accent-soft' : 'hover:bg-sunken/60',
            )}
          >
            <span className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
              <span>
                {machine} <span className="text-muted tabular-nums">· {formatCount(count)}</span>
              </span>
              <Mark tone={LOOKS[agrees].tone}>{words[agrees]}</Mark>
            </span>
            <span aria-hidden="true" className="block h-2 overflow-hidden rounded-full bg-sunken">
              <span
                className={cn('block h-full rounded-full', LOOKS[agrees].bar)}
                style={{ width: `${Math.max(2, (count / total) * 100)}%` }}
              />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
