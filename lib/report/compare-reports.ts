import { type Change, changeOf, pairJobs } from './change.ts'
import { compareCautions, type ReportCaution } from './compare-cautions.ts'
import { compareFindings, type FindingChange, neverLookedAt, neverLookedAtWhole } from './compare-findings.ts'
import { comparisonHeadline } from './compare-headline.ts'
import { compareTests } from './compare-tests.ts'
import { compareTruths } from './compare-truths.ts'
import type { Report, ReportJob } from './model.ts'
import type { JobSummary, PlatformChange } from './platform-change.ts'

/** Two reports, platform by platform. */
export interface ReportComparison {
  /** The heaviest there is: one thing that got worse outweighs all that got better. */
  readonly outcome: Change
  readonly headline: string
  readonly cautions: readonly ReportCaution[]
  readonly platforms: readonly PlatformChange[]
  /** Of the whole image. */
  readonly findings: readonly FindingChange[]
}

/**
 * What got better, worse, new and gone from one report to another. Platforms are paired by their canonical names. What
 * nobody looked at on one side is `unclear`, neither better nor worse: a finding is not fixed because its job was
 * skipped. A platform that the image lost is worse; one that was only not asked for is unclear.
 */
export function compareReports(from: Report, to: Report): ReportComparison {
  const pairs = pairJobs(from.jobs, to.jobs)
  const platforms = pairs.map(({ platform, from: before, to: after }): PlatformChange => {
    const truths = before && after ? compareTruths(before, after) : []
    const tests = before && after ? compareTests(before, after) : []
    const findings = before && after ? compareFindings(before, after, neverLookedAt(after)) : []
    return {
      platform,
      presence: before && after ? 'both' : after ? 'new' : 'gone',
      change: heaviest([
        isOfPolicy(findings) ? 'same' : jobChange(before, after, from, to),
        ...[...truths, ...tests].map(({ change }) => change),
        ...findings.map(({ change }) => change),
      ]),
      ...(before ? { from: summary(before) } : {}),
      ...(after ? { to: summary(after) } : {}),
      truths,
      tests,
      findings,
    }
  })
  const findings = compareFindings(ofWhole(from), ofWhole(to), neverLookedAtWhole(to))
  const changes = [...platforms, ...findings].map(({ change }) => change)
  const outcome = heaviest([...changes, ...(isOver(from) && isOver(to) ? [] : ['unclear' as const])])
  return {
    outcome,
    headline: comparisonHeadline(outcome, platforms, findings, pairs),
    cautions: compareCautions(from, to, pairs, [...platforms.flatMap((each) => each.findings), ...findings]),
    platforms,
    findings,
  }
}

function ofWhole({ findings, accepted = [] }: Report): Pick<Report, 'findings' | 'accepted'> {
  const isOfWhole = ({ platform }: { readonly platform?: string | undefined }) => platform === undefined
  return { findings: findings.filter(isOfWhole), accepted: accepted.filter(isOfWhole) }
}

/** An exception turned a verdict, not the image: what else happened is told by truths, tests and findings. */
function isOfPolicy(findings: readonly FindingChange[]): boolean {
  return findings.some(
    ({ presence, severity }) =>
      severity === 'error' && (presence === 'accepted' || presence === 'unaccepted'),
  )
}

function isOver({ verdict }: Report): boolean {
  return verdict !== undefined
}

function jobChange(
  before: ReportJob | undefined,
  after: ReportJob | undefined,
  from: Report,
  to: Report,
): Change {
  if (before && after) return changeOf(before.verdict, after.verdict)
  if (before) return to.leftOut.includes(before.platform) ? 'unclear' : 'worse'
  if (after === undefined) return 'same'
  if (from.leftOut.includes(after.platform)) return 'unclear'
  return after.verdict === 'passed' ? 'better' : after.verdict === 'failed' ? 'worse' : 'unclear'
}

function summary({ verdict, execution }: ReportJob): JobSummary {
  return {
    ...(verdict ? { verdict } : {}),
    ...(execution ? { mode: execution.mode, durationMs: execution.durationMs } : {}),
  }
}

const WEIGHT: readonly Change[] = ['worse', 'unclear', 'better', 'same']

function heaviest(changes: readonly Change[]): Change {
  return WEIGHT.find((change) => changes.includes(change)) ?? 'same'
}
