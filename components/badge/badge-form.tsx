'use client'

import { useState } from 'react'
import { reachNote } from '#components/report/share-notes.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { SelectChip } from '#components/ui/select-chip.tsx'
import { type BadgeSnippets, badgeCallPath, badgeSnippets } from '#lib/client/badge-snippets.ts'

const FORMS: readonly (readonly [form: keyof BadgeSnippets, name: string])[] = [
  ['markdown', 'Markdown'],
  ['html', 'HTML'],
  ['url', 'Address of the SVG'],
  ['shields', 'By shields.io'],
]

interface BadgeFormProps {
  readonly reference: string
  readonly platforms: readonly string[]
}

/** A badge as it is now, of which platform, and what to write where it is to be seen. */
export function BadgeForm({ reference, platforms }: BadgeFormProps) {
  const [platform, setPlatform] = useState<string>()
  const [isBroken, setBroken] = useState(false)
  const place = { ref: reference, platform }
  const snippets = badgeSnippets(window.location.origin, place)
  const reach = reachNote(window.location, 'see the badge')
  return (
    <>
      <p>
        It says what the newest report allows to claim of what{' '}
        <span className="mono wrap-anywhere">{reference}</span> is now, and goes stale when the tag moves or
        the report gets old.
      </p>
      {reach !== undefined && <p className="mt-1.5 text-warn">{reach}</p>}
      <div className="mt-4 flex min-h-12 flex-wrap items-center justify-between gap-3 rounded-control border border-line bg-page px-3.5 py-2.5">
        {isBroken ? (
          <span role="status" className="text-fail">
            ✕ The badge cannot be made now
          </span>
        ) : (
          // biome-ignore lint/performance/noImgElement: it is what a page elsewhere would show
          <img
            src={badgeCallPath(place)}
            alt={`The badge of ${platform ?? 'the whole image'} as it is now`}
            height={20}
            className="h-5"
            onError={() => setBroken(true)}
          />
        )}
        <SelectChip
          label="Platform of the badge"
          on={platform !== undefined}
          value={platform ?? ''}
          onChange={(event) => {
            setBroken(false)
            setPlatform(event.target.value || undefined)
          }}
        >
          <option value="">The whole image</option>
          {platforms.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </SelectChip>
      </div>
      <dl className="mt-3.5 grid grid-cols-[minmax(0,1fr)] gap-2.5">
        {FORMS.map(([form, name]) => (
          <div key={form}>
            <dt className="font-[550] text-note">{name}</dt>
            <dd className="mt-0.5 flex items-center gap-1.5 rounded-control bg-sunken py-1 pr-1 pl-2.5">
              <code className="mono min-w-0 flex-1 truncate text-muted" title={snippets[form]}>
                {snippets[form]}
              </code>
              <CopyButton text={snippets[form]} label={`Copy: ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
