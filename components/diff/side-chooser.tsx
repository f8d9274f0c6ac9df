import { ArrowLeftRight } from 'lucide-react'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { TextInput } from '#components/ui/field.tsx'
import { SelectChip } from '#components/ui/select-chip.tsx'
import type { DiffSides } from '#lib/client/diff-queries.ts'
import { diffPath } from '#lib/client/page-paths.ts'
import { swapped } from './diff-address.ts'

interface SideChooserProps {
  readonly sides: DiffSides
  /** What each reference has, as far as it is known yet. */
  readonly platforms?: { readonly from: readonly string[]; readonly to: readonly string[] }
}

/** Which two sides are compared, and their swap. A form that needs no script: everything goes to the address. */
export function SideChooser({ sides, platforms = { from: [], to: [] } }: SideChooserProps) {
  const { from, to = from, fromPlatform, toPlatform } = sides
  return (
    <form
      action="/diff"
      method="get"
      // What is written into a field must not outlive the comparison it was written for.
      key={JSON.stringify([sides, platforms])}
      className="card mt-5 grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto] items-end gap-x-3 gap-y-3 px-[18px] py-3.5 max-md:grid-cols-[minmax(0,1fr)] print:hidden"
    >
      <Side name="from" label="From" reference={from} platform={fromPlatform} platforms={platforms.from} />
      <Link
        href={diffPath(swapped(sides))}
        prefetch={false}
        aria-label="Swap the sides"
        title="Swap the sides"
        className={`${buttonClass('secondary')} max-md:justify-self-start`}
      >
        <ArrowLeftRight aria-hidden="true" className="size-3.5 text-muted" />
        <span className="md:hidden">Swap</span>
      </Link>
      <Side name="to" label="To" reference={to} platform={toPlatform} platforms={platforms.to} />
      <Button type="submit" variant="primary">
        Compare
      </Button>
    </form>
  )
}

interface SideProps {
  readonly name: 'from' | 'to'
  readonly label: string
  readonly reference: string
  readonly platform: string | undefined
  readonly platforms: readonly string[]
}

function Side({ name, label, reference, platform, platforms }: SideProps) {
  const known = [...new Set([...(platform === undefined ? [] : [platform]), ...platforms])]
  const options = platforms.includes(platform ?? '') ? [...new Set(platforms)] : known
  return (
    <div className="grid min-w-0 gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={`diff-${name}`} className="font-[550]">
          {label}
        </label>
        <SelectChip
          label={`Platform, ${label.toLowerCase()}`}
          name={`${name}Platform`}
          defaultValue={platform ?? ''}
          className="mono"
        >
          <option value="">whole index</option>
          {options.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </SelectChip>
      </div>
      <TextInput
        id={`diff-${name}`}
        name={name}
        required
        inputMode="url"
        className="mono"
        placeholder="quay.io/org/app:1.2"
        defaultValue={reference}
      />
    </div>
  )
}
