'use client'

import { X } from 'lucide-react'
import { ToggleChip } from '#components/ui/chip.tsx'
import { formatCount } from '#components/ui/plural.ts'
import { SelectChip } from '#components/ui/select-chip.tsx'
import type { TagList } from '#lib/client/tag-list.ts'
import { comparePlatformTexts, PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import type { TagListChange } from './tag-list-params.ts'
import { TOLD_PLATFORM } from './told-platform.ts'

const ORDERS = [
  { sort: 'version', order: 'desc', text: 'Newest version first' },
  { sort: 'version', order: 'asc', text: 'Oldest version first' },
  { sort: 'name', order: 'asc', text: 'Name, A to Z' },
  { sort: 'name', order: 'desc', text: 'Name, Z to A' },
] as const

interface TagFilterBarProps {
  readonly list: TagList
  readonly onChange: (change: TagListChange) => void
  readonly platformCounts: Readonly<Record<string, number>>
  /** Tags without the told platform, once known. */
  readonly missingCount: number | undefined
}

/** What narrows and orders the table. Every part of it is in the address. */
export function TagFilterBar({ list, onChange, platformCounts, missingCount }: TagFilterBarProps) {
  const platforms = [...new Set([...PRIMARY_PLATFORMS, ...Object.keys(platformCounts)])].sort(
    comparePlatformTexts,
  )
  const isMissingTold = list.missing === TOLD_PLATFORM
  const chosen = list.platform
    ? `has ${list.platform}`
    : list.missing && !isMissingTold
      ? `missing ${list.missing}`
      : ''
  const choose = (value: string) => {
    const [kind, platform] = value.split(' ')
    const kept = isMissingTold ? TOLD_PLATFORM : ''
    onChange({
      platform: kind === 'has' ? (platform ?? '') : '',
      missing: kind === 'missing' ? (platform ?? '') : kept,
    })
  }
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2.5">
      <span className="relative inline-flex max-sm:w-full">
        <input
          type="text"
          aria-label="Filter tags by name"
          placeholder="Filter tags…"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={list.q ?? ''}
          onChange={(event) => onChange({ q: event.target.value })}
          onKeyDown={(event) => event.key === 'Escape' && onChange({ q: '' })}
          className="w-44 rounded-full border border-line bg-surface py-0.5 pr-7 pl-3 transition-colors hover:border-line-strong focus:border-accent max-sm:w-full max-sm:py-1 max-sm:text-lead"
        />
        {list.q !== undefined && list.q !== '' && (
          <button
            type="button"
            aria-label="Clear the text filter"
            onClick={() => onChange({ q: '' })}
            className="absolute inset-y-0 right-0 grid w-7 place-items-center rounded-full text-muted hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
      </span>
      <ToggleChip
        pressed={isMissingTold}
        onClick={() => onChange({ missing: isMissingTold ? '' : TOLD_PLATFORM })}
      >
        {`missing ${TOLD_PLATFORM}${missingCount === undefined ? '' : ` · ${formatCount(missingCount)}`}`}
      </ToggleChip>
      <SelectChip
        label="Filter by platform"
        on={chosen !== ''}
        value={chosen}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">Any platform</option>
        <optgroup label="Has">
          {platforms.map((platform) => (
            <option key={platform} value={`has ${platform}`}>
              has {platform} · {formatCount(platformCounts[platform] ?? 0)}
            </option>
          ))}
        </optgroup>
        <optgroup label="Missing">
          {platforms
            .filter((platform) => platform !== TOLD_PLATFORM)
            .map((platform) => (
              <option key={platform} value={`missing ${platform}`}>
                missing {platform}
              </option>
            ))}
        </optgroup>
      </SelectChip>
      <SelectChip
        label="Order"
        className="sm:ml-auto"
        value={`${list.sort} ${list.order}`}
        onChange={(event) => {
          const choice = ORDERS.find(({ sort, order }) => `${sort} ${order}` === event.target.value)
          if (choice) onChange({ sort: choice.sort, order: choice.order })
        }}
      >
        {ORDERS.map(({ sort, order, text }) => (
          <option key={text} value={`${sort} ${order}`}>
            {text}
          </option>
        ))}
      </SelectChip>
    </search>
  )
}
