import Link from 'next/link'
import { GotoField } from '#components/shell/goto-field.tsx'
import { imagePath, repositoryPath } from '#lib/client/page-paths.ts'

const EXAMPLES = [
  { text: 'nginx', path: repositoryPath('docker.io/library/nginx') },
  { text: 'registry.k8s.io/pause:3.10', path: imagePath('registry.k8s.io/pause:3.10') },
  { text: 'https://hub.docker.com/_/redis', path: repositoryPath('docker.io/library/redis') },
] as const

/** What Archway does, and the field that starts it. */
export function Hero() {
  return (
    <div className="pt-10 max-sm:pt-3">
      <h1 className="text-balance font-[640] text-display tracking-[-0.025em] max-sm:text-[1.625rem]">
        See every architecture an image really has
      </h1>
      <p className="mt-3 max-w-[60ch] text-lead text-muted">
        Archway reads tags and images straight from their registry, shows platform by platform what is there
        and what is missing, and runs each to prove that it works.
      </p>
      <div className="mt-6">
        <GotoField look="hero" />
      </div>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-muted">
        <span>For example</span>
        {EXAMPLES.map(({ text, path }) => (
          <Link
            key={text}
            href={path}
            prefetch={false}
            className="mono break-all rounded-mark underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-current"
          >
            {text}
          </Link>
        ))}
      </p>
    </div>
  )
}
