import { ForeignText } from '#components/image/foreign-text.tsx'
import { cn } from '#components/ui/cn.ts'
import { TONE_TEXT, ToneIcon } from '#components/ui/tone-icon.tsx'
import type { Truth } from './truth-cell-model.ts'

/** One of the four truths: its mark and word, what was expected where that differs, and a quiet second line. */
export function TruthCell({ truth, className }: { truth: Truth; className?: string }) {
  const { tone, word, isStated = false, expected, note } = truth
  return (
    <span className={cn('block min-w-0', className)}>
      <span className={cn('flex items-baseline gap-1.5 font-[550]', TONE_TEXT[tone])}>
        <ToneIcon tone={tone} className="size-3.5 shrink-0 translate-y-[2px]" />
        <ForeignText text={word} maxLength={120} className={cn('min-w-0 break-words', isStated && 'mono')} />
      </span>
      {expected !== undefined && (
        <span className="mt-px block text-ink text-note">
          expected <ForeignText text={expected} maxLength={120} className={cn(isStated && 'mono')} />
        </span>
      )}
      {note !== undefined && (
        <span className="mt-px block break-words text-muted text-note">
          <ForeignText text={note} maxLength={200} />
        </span>
      )}
    </span>
  )
}
