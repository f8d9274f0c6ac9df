import { VERDICT_LOOKS } from '#components/run/verdict-look.ts'
import type { ReportDto } from '#lib/api/reports.ts'

/** A report's name for tabs, bookmarks and links in a chat: the verdict, then of what. */
export function reportTitle({ verdict, reference }: Pick<ReportDto, 'verdict' | 'reference'>): string {
  return `${verdict ? VERDICT_LOOKS[verdict].word : 'Cancelled'}: ${reference.slice(0, 200)}`
}
