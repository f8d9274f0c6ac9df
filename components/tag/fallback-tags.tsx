import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { plural } from '#components/ui/plural.ts'
import { tagPath } from '#lib/client/page-paths.ts'

interface FallbackTagsProps {
  readonly repository: string
  readonly count: number
  /** As many as the summary names. */
  readonly names: readonly string[]
}

/** Tags that only say what refers to a digest; set apart, because nobody pulls them. */
export function FallbackTags({ repository, count, names }: FallbackTagsProps) {
  if (count === 0) return null
  return (
    <details className="group mt-5 text-muted">
      <summary className="inline-flex list-none items-center gap-1 rounded-mark hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
        {plural(count, 'referrers fallback tag')}
      </summary>
      <p className="mt-1.5 ml-[18px] max-w-[70ch]">
        A <code className="mono">sha256-…</code> tag lists what refers to a digest (signatures, SBOMs) in
        registries without a referrers API. The image’s own page shows what they hold.
      </p>
      <ul className="card mt-2.5 max-h-72 overflow-y-auto px-[18px] py-2">
        {names.map((name) => (
          <li key={name}>
            <Link
              href={tagPath(repository, name)}
              prefetch={false}
              className="mono break-all rounded-mark hover:text-ink hover:underline"
            >
              {name}
            </Link>
          </li>
        ))}
        {count > names.length && <li>and {plural(count - names.length, 'more', 'more')}</li>}
      </ul>
    </details>
  )
}
