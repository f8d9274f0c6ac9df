import { Skeleton } from '#components/ui/skeleton.tsx'
import type { TagDto } from '#lib/api/tags.ts'
import { foldedPresent } from './tag-rows-model.ts'

/** How many of the folded platforms a tag has; which ones, in the title. */
export function FoldedMark({ tag, folded }: { tag: TagDto; folded: readonly string[] }) {
  if (tag.state === 'pending') return <Skeleton className="h-3 w-5" />
  const present = foldedPresent(tag, folded)
  if (present.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="text-muted text-note tabular-nums" title={present.join(', ')}>
      +{present.length}
      <span className="sr-only">: {present.join(', ')}</span>
    </span>
  )
}
