import type { Change } from './change.ts'
import type { Report, ReportJob } from './model.ts'

type ReportFinding = Report['findings'][number]

/** What one side found: what counts, and what the policy accepts. */
export type FoundOnSide = Pick<Report, 'findings' | 'accepted'>

/**
 * A finding that is on one side alone, of another severity, or whose acceptance differs: `accepted` is still there and
 * counts for nothing now, `unaccepted` was there already and counts again.
 */
export type FindingChange = ReportFinding & {
  readonly presence: (typeof PRESENCES)[number]
  readonly change: Change
  /** What it weighed in the earlier report, where that differs. */
  readonly was?: ReportFinding['severity']
}

export const PRESENCES = ['new', 'gone', 'severity', 'accepted', 'unaccepted'] as const

const WEIGHT = { error: 2, warning: 1, info: 0 } as const
/** Of their evidence, what says which of several findings this is; digests and sizes differ from image to image. */
const IDENTIFYING = ['path', 'what', 'reason', 'name', 'field', 'package']
/** Checks that look at what the registry says alone. */
const BY_REGISTRY = /^(COV|META|SUP)-/
/** Checks that look at what starts. */
const BY_START = /^ELF-00[13]$/
/** Checks that read the layers, whether anything is executed or not. */
const BY_LAYERS = /^(ELF|GO|PKG|PY|DIR)-/

/**
 * Findings that are new, gone, of another severity, or accepted by the policy on one side. An error that came makes it
 * worse and one that went better; warnings, and what the policy accepts, are told and count for neither. `isUnseen` says
 * of which findings nobody looked later: what is then gone is unclear.
 */
export function compareFindings(
  from: FoundOnSide,
  to: FoundOnSide,
  isUnseen: (finding: ReportFinding) => boolean,
): readonly FindingChange[] {
  const before = byKey(from)
  const after = byKey(to)
  const came = [...after].flatMap(([key, found]): FindingChange[] => {
    const earlier = before.get(key)
    const told = (presence: FindingChange['presence'], change: Change) => [
      { ...found.finding, presence, change },
    ]
    if (found.isAccepted) return earlier?.isAccepted ? [] : told('accepted', 'same')
    if (earlier?.isAccepted) return told('unaccepted', 'same')
    const { severity } = found.finding
    const earlierSeverity = earlier?.finding.severity
    if (earlierSeverity === severity) return []
    const isHeavier = earlierSeverity === undefined || WEIGHT[severity] > WEIGHT[earlierSeverity]
    const isOfError = [severity, earlierSeverity].includes('error')
    const change = isOfError ? (isHeavier ? 'worse' : 'better') : 'same'
    if (earlierSeverity === undefined) return told('new', change)
    return told('severity', change).map((each) => ({ ...each, was: earlierSeverity }))
  })
  const went = [...before].flatMap(([key, { finding, isAccepted }]): FindingChange[] => {
    if (after.has(key)) return []
    const counts = finding.severity === 'error' && !isAccepted
    const change = isUnseen(finding) ? 'unclear' : counts ? 'better' : 'same'
    return [{ ...finding, presence: 'gone', change }]
  })
  return [...came, ...went]
}

/** Which findings could not be made of a job because nobody looked: a job that was skipped may have had its layers read. */
export function neverLookedAt(job: ReportJob) {
  const { verdict, execution, truths, tests, uname } = job
  const isUnrun = execution === undefined || verdict === undefined || verdict === 'inconclusive'
  return ({ code }: ReportFinding): boolean => {
    if (BY_REGISTRY.test(code)) return false
    if (code === 'RUN-002') return uname?.said === undefined
    if (code === 'RUN-005') return tests === undefined
    if (BY_START.test(code)) return truths.binaries === undefined || truths.binaries.match === 'unknown'
    return BY_LAYERS.test(code) ? isUnread(job, code) : isUnrun
  }
}

/** The same of the whole image. What compares the content of images, or proves a shared base, needs the layers of all. */
export function neverLookedAtWhole(report: Report) {
  return ({ code, severity }: ReportFinding): boolean =>
    report.state === 'cancelled' ||
    ((BY_LAYERS.test(code) || (code === 'META-003' && severity === 'error')) && isUnread(report, code))
}

/** A check looked where it is listed as having looked and at no layer in vain. */
function isUnread({ checked = [], unjudged = [] }: Pick<Report, 'checked' | 'unjudged'>, code: string) {
  return !checked.includes(code) || unjudged.some(({ codes }) => codes.includes(code))
}

/** The same finding several times is counted, so that one more is one more. */
function byKey({ findings, accepted = [] }: FoundOnSide) {
  const keyed = new Map<string, { readonly finding: ReportFinding; readonly isAccepted: boolean }>()
  const seen = new Map<string, number>()
  const all = [
    ...findings.map((finding) => ({ finding, isAccepted: false })),
    ...accepted.map(({ reason: _, expires: __, ...finding }) => ({ finding, isAccepted: true })),
  ]
  for (const each of all) {
    const { code, evidence } = each.finding
    const key = JSON.stringify([code, ...IDENTIFYING.map((name) => evidence[name])])
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    keyed.set(`${key} ${nth}`, each)
  }
  return keyed
}
