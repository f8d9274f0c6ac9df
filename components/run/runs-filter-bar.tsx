'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { SelectChip } from '#components/ui/select-chip.tsx'
import type { AddressChange } from '#components/ui/use-address.ts'
import { historyPath } from '#lib/client/page-paths.ts'
import { canonicalRepository, RUN_FILTERS, readRunFilter } from './runs-params.ts'

const TYPING_MS = 400

interface RunsFilterBarProps {
  readonly address: URLSearchParams
  readonly onChange: (change: AddressChange) => void
}

/** What narrows the list of runs. All of it is in the address. */
export function RunsFilterBar({ address, onChange }: RunsFilterBarProps) {
  const filter = readRunFilter(address)
  const named = address.get('repository') ?? ''
  const [text, setText] = useState(named)
  const [shown, setShown] = useState(named)
  // The address moved on its own: a link, back, “Show every run”.
  if (named !== shown) {
    setShown(named)
    setText(named)
  }
  const isNone = text.trim() !== '' && canonicalRepository(text) === undefined
  useEffect(() => {
    const wanted = text.trim() === '' ? '' : canonicalRepository(text)
    if (wanted === undefined || wanted === named) return
    const timer = setTimeout(() => onChange({ repository: wanted }), TYPING_MS)
    return () => clearTimeout(timer)
  })
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2.5">
      <SelectChip
        label="Which runs"
        on={filter.value !== ''}
        value={filter.value}
        onChange={(event) => {
          const chosen = RUN_FILTERS.find(({ value }) => value === event.target.value)
          onChange({ state: chosen?.list.state, verdict: chosen?.list.verdict })
        }}
      >
        {RUN_FILTERS.map(({ value, text: says }) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </SelectChip>
      <input
        type="text"
        aria-label="Only this repository"
        aria-invalid={isNone}
        placeholder="Only this repository…"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setText('')}
        className="w-72 rounded-full border border-line bg-surface px-3 py-0.5 transition-colors hover:border-line-strong focus:border-accent aria-invalid:border-fail max-sm:w-full max-sm:py-1 max-sm:text-lead"
      />
      {named !== '' && (
        <Link
          href={historyPath({ repository: named })}
          prefetch={false}
          className="text-accent underline underline-offset-4"
        >
          Its history by platform
        </Link>
      )}
      {isNone && (
        <span role="status" className="text-fail text-note">
          ✕ Not a repository: write quay.io/org/app
        </span>
      )}
    </search>
  )
}
