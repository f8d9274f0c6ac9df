import { Button } from '#components/ui/button.tsx'
import { formatCount } from '#components/ui/plural.ts'
import type { TagsSummaryDto } from '#lib/api/tags.ts'
import { dependsOnPlatforms, type TagList } from '#lib/client/tag-list.ts'

interface NoMatchProps {
  readonly list: TagList
  readonly summary: TagsSummaryDto
  readonly onClear: () => void
}

/** No tag passes the filters; says whether that is the last word. */
export function NoMatch({ list, summary, onClear }: NoMatchProps) {
  const looked = summary.resolved + summary.failed
  const isOpen = dependsOnPlatforms(list) && looked < summary.total
  return (
    <div className="card px-6 py-10 text-center">
      <p className="font-[550]">{isOpen ? 'No tag matches so far' : 'No tag matches'}</p>
      <p className="mx-auto mt-1 max-w-[52ch] break-words text-muted">
        {criteria(list)}
        {isOpen && ` ${formatCount(looked)} of ${formatCount(summary.total)} tags were looked at.`}
      </p>
      <Button className="mt-4" onClick={onClear}>
        Clear the filters
      </Button>
    </div>
  )
}

function criteria({ q, missing, platform }: TagList): string {
  const parts = [
    ...(q ? [`has “${q}” in its name`] : []),
    ...(platform ? [`has ${platform}`] : []),
    ...(missing ? [`lacks ${missing}`] : []),
  ]
  return `None ${parts.join(' and ')}.`
}
