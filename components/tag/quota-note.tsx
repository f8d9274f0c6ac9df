import { Mark } from '#components/ui/mark.tsx'
import { formatCount, plural } from '#components/ui/plural.ts'
import type { QuotaDto } from '#lib/api/parts.ts'

/** Below this share of its limit a quota is told as a warning; background work stops there. */
const LOW_SHARE = 1 / 4

/** What is left of a registry's rate limit. */
export function QuotaNote({ quota }: { quota: QuotaDto }) {
  const { limit, remaining, windowSeconds } = quota
  const minutes = Math.round(windowSeconds / 60)
  const window = minutes >= 60 ? plural(Math.round(minutes / 60), 'hour') : plural(minutes, 'minute')
  const text = `${formatCount(remaining)} of ${formatCount(limit)} requests left in ${window}`
  return remaining < limit * LOW_SHARE ? <Mark tone="warn">{text}</Mark> : <span>{text}</span>
}
