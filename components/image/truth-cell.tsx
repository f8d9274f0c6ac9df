import { Mark } from '#components/ui/mark.tsx'
import { ForeignText } from './foreign-text.tsx'
import type { ToldTruth } from './last-truths.ts'
import { Note } from './platform-cells.tsx'

/** A truth that a run has told; a quiet dash where none has. */
export function TruthCell({ truth, unknown }: { truth: ToldTruth | undefined; unknown: string }) {
  if (!truth) {
    return (
      <span className="text-muted">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{unknown}</span>
      </span>
    )
  }
  return (
    <>
      <Mark tone={truth.tone} className="whitespace-normal!">
        <ForeignText text={truth.word} maxLength={60} />
      </Mark>
      {truth.note !== undefined && (
        <Note className="break-words">
          <ForeignText text={truth.note} maxLength={120} />
        </Note>
      )}
    </>
  )
}
