import type { MatrixResponse } from '#lib/api/matrix.ts'

/** How far a matrix has come: `reading` and `failed` know what the configs say, and no more. */
export type MatrixProgress = 'reading' | 'failed' | 'done'

/** What a person is told first. */
export interface MatrixConclusion {
  readonly tone: 'pass' | 'fail' | 'warn' | 'neutral'
  readonly lead: string
}

/** What may be concluded of a matrix. Green only when every layer was looked into and nobody is odd. */
export function matrixConclusion(
  { platforms, summary, complete }: Pick<MatrixResponse, 'platforms' | 'summary' | 'complete'>,
  progress: MatrixProgress,
): MatrixConclusion {
  if (platforms.some(({ binaries }) => (binaries?.foreign ?? 0) > 0))
    return { tone: 'fail', lead: 'Something is wrong.' }
  if (progress === 'reading') return { tone: 'neutral', lead: 'So far:' }
  if (progress === 'failed' || !complete) return { tone: 'warn', lead: 'Not all of it was looked at.' }
  if (platforms.length < 2) return { tone: 'neutral', lead: 'One platform.' }
  if (summary.config.differs + (summary.packages?.differs ?? 0) > 0)
    return { tone: 'warn', lead: 'Worth a look.' }
  return { tone: 'pass', lead: 'All agree.' }
}
