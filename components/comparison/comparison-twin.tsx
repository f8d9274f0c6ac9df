'use client'

import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { useIsAlive } from '#components/ui/use-is-alive.ts'
import { queryString } from '#lib/client/query-string.ts'

/** The same comparison on the command line, which asks this server for both reports, and from the API. */
export function ComparisonTwin({ ids }: { ids: { readonly from: string; readonly to: string } }) {
  const isAlive = useIsAlive()
  const server = isAlive ? ` --server ${shellQuote(window.location.origin)}` : ''
  return (
    <div className="print:hidden">
      <Twin
        cli={`archway compare ${shellQuote(ids.from)} ${shellQuote(ids.to)}${server}`}
        api={`/api/v1/reports/compare${queryString({ from: ids.from, to: ids.to })}`}
      />
    </div>
  )
}
