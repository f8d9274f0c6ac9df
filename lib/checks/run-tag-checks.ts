import { cov002 } from './cov-002.ts'
import { cov003 } from './cov-003.ts'
import { cov004 } from './cov-004.ts'
import { type Judgement, judge } from './run-checks.ts'
import type { TagFacts } from './tag-facts.ts'
import type { Gap } from './unjudged.ts'

/** The checks that compare a tag with other tags and with its own past. */
const CHECKS = [cov002, cov003, cov004]

/** Runs every check that needs the repository's tags. COV-003 looks at tags that float alone, COV-004 at plain images. */
export function runTagChecks(facts: TagFacts): Judgement {
  const isAsked: Readonly<Record<string, boolean>> = {
    [cov003.code]: facts.newest !== undefined,
    [cov004.code]: facts.image.kind === 'image',
  }
  return judge(
    CHECKS.filter(({ code }) => isAsked[code] ?? true),
    facts,
  )
}

/** What there is to say when the tags could not be compared at all. */
export function tagsNotJudged({ reason, what }: Gap): Judgement {
  const codes = CHECKS.map(({ code }) => code)
  return {
    findings: [],
    checked: [],
    unjudged: [{ reason, codes, platforms: [], ...(what === undefined ? {} : { what }) }],
  }
}
