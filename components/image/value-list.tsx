import { CopyButton } from '#components/ui/copy-button.tsx'
import { plural } from '#components/ui/plural.ts'
import { ForeignText } from './foreign-text.tsx'
import { LongText } from './long-text.tsx'
import { SubSection } from './sub-section.tsx'

const MAX_SHOWN = 150
const COPY_MAX_LENGTH = 20_000

interface ValueListProps {
  readonly title: string
  readonly entries: readonly (readonly [name: string, value: string])[]
}

/** Names and values that somebody else wrote: an environment, labels, annotations. Shows nothing when there are none. */
export function ValueList({ title, entries }: ValueListProps) {
  if (entries.length === 0) return null
  const text = entries.map(([name, value]) => `${name}=${value}`).join('\n')
  const omitted = entries.length - MAX_SHOWN
  return (
    <SubSection
      title={title}
      note={entries.length}
      aside={
        text.length <= COPY_MAX_LENGTH && (
          <CopyButton
            text={text}
            label={`Copy ${title.toLowerCase()}, one NAME=value a line`}
            className="-my-1"
          />
        )
      }
    >
      <dl className="card divide-y divide-line overflow-hidden">
        {entries.slice(0, MAX_SHOWN).map(([name, value], at) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: an environment may name a variable twice
            key={at}
            className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 px-3.5 py-1.5"
          >
            <dt className="mono break-words text-muted">
              <ForeignText text={name} maxLength={300} />
            </dt>
            <dd className="mono whitespace-pre-wrap break-words">
              <LongText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {omitted > 0 && (
        <p className="mt-1.5 text-muted text-note">
          and {plural(omitted, 'more', 'more')}; the API has them all
        </p>
      )}
    </SubSection>
  )
}
