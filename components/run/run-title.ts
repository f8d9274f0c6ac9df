import type { RunDto } from '#lib/api/runs.ts'
import { referenceName } from './reference-name.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

/** What the tab of a run says, so that somebody who went elsewhere sees the end: `Failed · app:1.2`. */
export function runTitle({
  reference,
  state,
  verdict,
}: Pick<RunDto, 'reference' | 'state' | 'verdict'>): string {
  const word = verdict
    ? VERDICT_LOOKS[verdict].word
    : state === 'cancelled'
      ? 'Cancelled'
      : state === 'finished'
        ? 'Over'
        : 'Validating'
  return `${word} · ${referenceName(reference)}`
}
