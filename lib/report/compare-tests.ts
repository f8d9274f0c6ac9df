import { type Change, changeOf } from './change.ts'
import type { ReportJob, ReportTest } from './model.ts'
import type { Verdict } from './verdict.ts'

/** A test that went elsewhere, or is on one side alone. */
export interface TestChange {
  readonly name: string
  readonly change: Change
  readonly from?: Verdict
  readonly to?: Verdict
}

/** Tests by name; of one name, in their order. A test that is asked no more fixes nothing: if it failed, it is unclear. */
export function compareTests(from: ReportJob, to: ReportJob): readonly TestChange[] {
  const before = byName(from.tests)
  const after = byName(to.tests)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): TestChange[] => {
    const [earlier, later] = [before.get(key), after.get(key)]
    const name = (later ?? earlier)?.name
    if (name === undefined || earlier?.verdict === later?.verdict) return []
    return [
      {
        name,
        change: testChange(earlier?.verdict, later?.verdict),
        ...(earlier ? { from: earlier.verdict } : {}),
        ...(later ? { to: later.verdict } : {}),
      },
    ]
  })
}

function testChange(from: Verdict | undefined, to: Verdict | undefined): Change {
  if (from && to) return changeOf(from, to)
  if (to) return to === 'failed' ? 'worse' : 'same'
  return from === 'failed' ? 'unclear' : 'same'
}

function byName(tests: readonly ReportTest[] = []): Map<string, ReportTest> {
  const seen = new Map<string, number>()
  return new Map(
    tests.map((test) => {
      const nth = seen.get(test.name) ?? 0
      seen.set(test.name, nth + 1)
      return [`${nth} ${test.name}`, test]
    }),
  )
}
