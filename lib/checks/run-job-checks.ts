import { elf001 } from './elf-001.ts'
import { elf003 } from './elf-003.ts'
import type { Finding } from './finding.ts'
import type { JobFacts } from './job-facts.ts'
import { run001 } from './run-001.ts'
import { run002 } from './run-002.ts'
import { run003 } from './run-003.ts'
import { run004 } from './run-004.ts'
import { run005 } from './run-005.ts'
import { mergeGaps, type Unjudged } from './unjudged.ts'

const CHECKS = [elf001, elf003, run001, run002, run003, run004, run005]

/** Runs every check that judges one platform's job: its entrypoint's binaries, then its execution. */
export function runJobChecks(facts: JobFacts): Finding[] {
  return CHECKS.flatMap((check) => check.run(facts))
}

/** What they could not judge although the job got as far as that. */
export function jobGaps(facts: JobFacts): Unjudged[] {
  return mergeGaps(CHECKS.flatMap(({ code, gaps }) => gaps(facts).map((gap) => ({ code, gap }))))
}
