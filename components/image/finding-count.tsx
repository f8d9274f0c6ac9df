import { cn } from '#components/ui/cn.ts'
import { plural } from '#components/ui/plural.ts'
import { TONE_SOFT, TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { FindingDto } from '#lib/api/parts.ts'

/** The findings of one platform as a small mark: errors if there are any, else warnings. */
export function FindingCount({ findings }: { findings: readonly FindingDto[] }) {
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const warnings = findings.filter((finding) => finding.severity === 'warning').length
  if (errors + warnings === 0) return null
  const tone = errors > 0 ? 'fail' : 'warn'
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-mark py-px pr-1.5 pl-1 font-[550] text-micro',
        TONE_SOFT[tone],
        TONE_TEXT[tone],
      )}
    >
      <ToneIcon tone={tone} className="size-2.5" />
      {errors > 0 ? plural(errors, 'error') : plural(warnings, 'warning')}
    </span>
  )
}
