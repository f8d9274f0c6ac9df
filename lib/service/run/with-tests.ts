import { type Ending, ending } from '#lib/report/ending.ts'
import type { ReportTest } from '#lib/report/model.ts'

/** A run that passed with a test that nobody could judge has not passed. */
export function withTests(ended: Ending, tests: readonly ReportTest[]): Ending {
  const unknown = tests.filter(({ verdict }) => verdict === 'inconclusive')
  if (ended.verdict !== 'passed' || unknown.length === 0) return ended
  return ending('inconclusive', 'tests-unknown', {
    count: unknown.length,
    message: unknown[0]?.messages[0],
  })
}
