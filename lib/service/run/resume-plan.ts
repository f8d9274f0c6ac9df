import type { Finding } from '#lib/checks/finding.ts'
import { NO_PROFILE } from '#lib/coverage/profiles.ts'
import { parsePlatform } from '#lib/oci/platform.ts'
import type { StoredRun } from '#lib/store/stored-run.ts'
import type { ServiceContext } from '../context.ts'
import { type PlannedJob, planRun, type RunPlan } from './plan-run.ts'
import { toFinding } from './run-dto.ts'

/**
 * The plan of a run that is taken up again: asked of the registry, or of the cache, by the digest it was pinned to, so
 * that it is about the same bytes. What was announced stays. Throws what `planRun` throws.
 */
export async function resumePlan(
  context: ServiceContext,
  stored: StoredRun,
  signal: AbortSignal,
): Promise<RunPlan> {
  const { reference, plan, profile } = stored
  const found = await planRun(context, { ref: stored.pinned, profile, profileName: NO_PROFILE }, signal)
  const jobs = plan.jobs.map(({ platform }) => jobOf(platform, found))
  return {
    ...found,
    reference,
    jobs,
    leftOut: plan.leftOut,
    findings: plannedFindings(stored),
    accepted: plan.accepted ?? [],
    profileOrigin: plan.profileOrigin,
  }
}

/** The findings that were announced. */
export function plannedFindings({ plan }: StoredRun): readonly Finding[] {
  return plan.findings.map(toFinding)
}

/** A platform that the image does not have was asked for, and is no surprise. */
function jobOf(platform: string, found: RunPlan): PlannedJob {
  const job = found.jobs.find((each) => each.platform === platform)
  return job ?? { platform, wanted: parsePlatform(platform), image: undefined, sizeBytes: undefined }
}
