import type { Finding } from '#lib/checks/finding.ts'
import { applyExceptions } from '#lib/coverage/apply-exceptions.ts'
import { NO_POLICY } from '#lib/coverage/policy.ts'
import { formatRepository, type Repository } from '#lib/oci/reference.ts'
import type { AcceptedFinding } from '#lib/report/model.ts'
import type { ServiceContext } from '../context.ts'

/** What counts, and what the policy accepts for now with its reason. */
export interface JudgedFindings {
  readonly findings: readonly Finding[]
  readonly accepted: readonly AcceptedFinding[]
}

/** Applies the exceptions of the policy to what a run found. A run that failed stays failed: RUN-001 is not waived. */
export function applyPolicy(
  { policy = NO_POLICY, now }: Pick<ServiceContext, 'policy' | 'now'>,
  repository: Repository,
  found: readonly Finding[],
): JudgedFindings {
  const exceptions = policy.exceptions.filter(({ check }) => check !== 'RUN-001')
  const decided = applyExceptions(found, { ...policy, exceptions }, formatRepository(repository), now())
  return {
    findings: decided.findings.map(({ finding }) => finding),
    accepted: decided.accepted.map(({ finding, exception: { reason, expires } }) => ({
      ...finding,
      evidence: { ...finding.evidence },
      reason,
      expires,
    })),
  }
}
