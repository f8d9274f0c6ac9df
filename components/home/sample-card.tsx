import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { PlatformName } from '#components/ui/platform-name.tsx'
import { imagePath } from '#lib/client/page-paths.ts'
import { PRIMARY_PLATFORMS } from '#lib/oci/platform.ts'
import { SAMPLE_REFERENCE } from './sample.ts'

/** The way in for somebody with no registry at hand. */
export function SampleCard() {
  return (
    <div className="card relative px-[18px] py-4 transition-colors hover:border-line-strong">
      <Link
        href={imagePath(SAMPLE_REFERENCE)}
        className="mono font-semibold after:absolute after:inset-0 after:rounded-card"
      >
        {SAMPLE_REFERENCE}
      </Link>
      <p className="mt-1.5 text-muted">
        A program of four lines, built for four architectures. It comes with Archway, so it works with no
        registry and no internet.
      </p>
      <ul className="mt-3 flex flex-wrap gap-1.5">
        {PRIMARY_PLATFORMS.map((platform) => (
          <li key={platform} className="rounded-mark bg-skip-soft px-1.5 text-muted">
            <PlatformName platform={platform} short />
          </li>
        ))}
      </ul>
      <p aria-hidden="true" className="mt-3.5 inline-flex items-center gap-1.5 font-[550] text-accent">
        Open the sample
        <ArrowRight className="size-3.5" />
      </p>
    </div>
  )
}
