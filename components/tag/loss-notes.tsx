import Link from 'next/link'
import { plural } from '#components/ui/plural.ts'
import { tagPath } from '#lib/client/page-paths.ts'
import { type Loss, lossesToTell } from './coverage-model.ts'

const MOST = 4

interface LossNotesProps {
  readonly repository: string
  readonly losses: readonly Loss[]
  /** Whether every release was looked at: only then may it be said that nothing was lost. */
  readonly isComplete: boolean
}

/** What was lost where, in sentences. */
export function LossNotes({ repository, losses, isComplete }: LossNotesProps) {
  const { told, more } = lossesToTell(losses, MOST)
  if (told.length === 0) {
    return isComplete ? (
      <p className="mt-1.5 text-muted">No release lost a platform that an earlier one had.</p>
    ) : null
  }
  return (
    <div className="mt-1.5 text-muted">
      {told.map((loss) => (
        <p key={`${loss.platform} ${loss.lostAt}`}>
          {loss.platform} was lost at{' '}
          <Link
            href={tagPath(repository, loss.lostAt)}
            prefetch={false}
            className="rounded-mark font-semibold text-fail hover:underline"
          >
            {loss.lostAt}
          </Link>{' '}
          {loss.backAt === undefined ? (
            <b className="font-semibold text-ink">and has not come back.</b>
          ) : (
            <>
              and came back at{' '}
              <Link
                href={tagPath(repository, loss.backAt)}
                prefetch={false}
                className="rounded-mark text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
              >
                {loss.backAt}
              </Link>
              .
            </>
          )}
        </p>
      ))}
      {more > 0 && <p>{plural(more, 'earlier gap')} not listed here.</p>}
    </div>
  )
}
