import type { Finding } from '#lib/checks/finding.ts'
import { matchesRepository } from './match-repository.ts'
import { isExpired, type Policy, type PolicyException } from './policy.ts'

/** Findings told apart by what somebody decided about them. */
export interface ExceptedFindings {
  /** What counts. `expired` is the exception that held for it once. */
  readonly findings: readonly { readonly finding: Finding; readonly expired?: PolicyException }[]
  /** What is accepted for now, and by which exception. */
  readonly accepted: readonly { readonly finding: Finding; readonly exception: PolicyException }[]
}

/**
 * Applies the exceptions that match a repository. One without a platform accepts the check's findings everywhere; one
 * with a platform only what is found on it, never what concerns the whole index. An expired one accepts nothing.
 */
export function applyExceptions(
  found: readonly Finding[],
  { exceptions }: Policy,
  repository: string,
  now: Date,
): ExceptedFindings {
  const mine = exceptions.filter((exception) => matchesRepository(repository, exception.repository))
  const findings: { finding: Finding; expired?: PolicyException }[] = []
  const accepted: { finding: Finding; exception: PolicyException }[] = []
  for (const finding of found) {
    const matching = mine.filter(
      ({ check, platform }) =>
        check === finding.code && (platform === undefined || platform === finding.platform),
    )
    const exception = matching.find((each) => !isExpired(each, now))
    const expired = matching.toSorted((a, b) => (a.expires < b.expires ? 1 : -1))[0]
    if (exception) accepted.push({ finding, exception })
    else findings.push({ finding, ...(expired ? { expired } : {}) })
  }
  return { findings, accepted }
}
