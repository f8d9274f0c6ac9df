import type { ReactNode } from 'react'

/** The title of the page, the same while it loads. */
export function EnginesHeader({ actions }: { actions?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="font-[640] text-title tracking-[-0.015em]">Engines</h1>
        <p className="mt-0.5 text-muted">
          Where containers run. What each can run is found out by running the sample on it.
        </p>
      </div>
      {actions}
    </div>
  )
}
