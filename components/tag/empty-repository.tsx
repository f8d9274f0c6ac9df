import { BreakableName } from '#components/ui/breakable-name.tsx'

/** A repository that exists and holds nothing. */
export function EmptyRepository({ repository }: { repository: string }) {
  return (
    <div className="mt-8 rounded-card border border-line-strong border-dashed px-6 py-12 text-center">
      <p className="font-[550]">This repository has no tags</p>
      <p className="mx-auto mt-1 max-w-[52ch] text-muted">
        Its registry knows it, but lists none. Images pushed without a tag are still there: open one by its
        digest, as in{' '}
        <code className="mono">
          <BreakableName name={`${repository}@sha256:…`} />
        </code>
      </p>
    </div>
  )
}
