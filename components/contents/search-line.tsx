import type { ReactNode } from 'react'
import { SelectChip } from '#components/ui/select-chip.tsx'
import type { LayerDto } from '#lib/api/image.ts'
import { layerCommand } from './layer-mark.tsx'

const COMMAND_MAX_LENGTH = 60

interface SearchLineProps {
  /** Names the field: “Search files by path”. */
  readonly label: string
  readonly q: string
  readonly onSearch: (q: string) => void
  readonly layers: readonly LayerDto[]
  readonly layer: number | undefined
  readonly onLayer: (layer: string) => void
  /** How much of how much is shown. */
  readonly status: string
  readonly children?: ReactNode
}

/** What narrows a part: a text, the layer that brought it, and what is its own. */
export function SearchLine(props: SearchLineProps) {
  const { label, q, onSearch, layers, layer, onLayer, status, children } = props
  return (
    <search className="mt-4 mb-3 flex flex-wrap items-center gap-2.5 print:hidden">
      <input
        type="text"
        aria-label={label}
        placeholder="Search…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={q}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onSearch('')}
        className="w-60 rounded-full border border-line bg-surface px-3 py-0.5 transition-colors hover:border-line-strong focus:border-accent max-sm:w-full max-sm:py-1 max-sm:text-lead"
      />
      <SelectChip
        label="Brought by layer"
        on={layer !== undefined}
        value={layer === undefined ? '' : String(layer + 1)}
        onChange={(event) => onLayer(event.target.value)}
        className="max-w-72"
      >
        <option value="">all layers</option>
        {layers.map(({ digest }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an image may hold a layer twice
          <option key={`${at} ${digest}`} value={String(at + 1)}>
            {at + 1} · {layerCommand(layers, at).slice(0, COMMAND_MAX_LENGTH)}
          </option>
        ))}
      </SelectChip>
      {children}
      <span role="status" className="text-muted text-note">
        {status}
      </span>
    </search>
  )
}

/** The layer that an address names, counted from 1 there and from 0 here. */
export function layerOf(address: URLSearchParams): number | undefined {
  const number = Number(address.get('layer') ?? '')
  return Number.isInteger(number) && number > 0 ? number - 1 : undefined
}
