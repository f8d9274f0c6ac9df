import { shellQuote } from '#components/ui/shell-quote.ts'
import { Twin } from '#components/ui/twin.tsx'
import { queryString } from '#lib/client/query-string.ts'

/** The same answer on the command line and from the API. */
export function ImageTwin({ reference }: { reference: string }) {
  return (
    <Twin
      cli={`archway inspect ${shellQuote(reference)}`}
      api={`/api/v1/images${queryString({ ref: reference, checks: 'all' })}`}
    />
  )
}
