import type { Change } from './change.ts'
import type { Report, ReportJob } from './model.ts'

type ReportFinding = Report['findings'][number]

/** A finding that is on one side alone, or of another severity. */
export type FindingChange = ReportFinding & {
  readonly presence: 'new' | 'gone' | 'severity'
  readonly change: Change
}

const WEIGHT = { error: 2, warning: 1, info: 0 } as const
/** Of their evidence, what says which of several findings this is; digests and sizes differ from image to image. */
const IDENTIFYING = ['path', 'what', 'reason', 'name', 'field', 'package']
/** Checks that look at what the registry says alone. */
const BY_REGISTRY = /^(COV|META|SUP)-/

/**
 * Findings that are new, gone, or of another severity. An error that came makes it worse and one that went better;
 * warnings are told and count for neither. `isUnseen` says for which checks nobody looked later: what is then gone is
 * unclear.
 */
export function compareFindings(
  from: readonly ReportFinding[],
  to: readonly ReportFinding[],
  isUnseen: (code: string) => boolean,
): readonly FindingChange[] {
  const before = byKey(from)
  const after = byKey(to)
  const came = [...after].flatMap(([key, finding]): FindingChange[] => {
    const earlier = before.get(key)
    if (earlier?.severity === finding.severity) return []
    const isHeavier = earlier === undefined || WEIGHT[finding.severity] > WEIGHT[earlier.severity]
    const isOfError = [finding.severity, earlier?.severity].includes('error')
    const change = isOfError ? (isHeavier ? 'worse' : 'better') : 'same'
    return [{ ...finding, presence: earlier ? 'severity' : 'new', change }]
  })
  const went = [...before].flatMap(([key, finding]): FindingChange[] => {
    if (after.has(key)) return []
    const change = isUnseen(finding.code) ? 'unclear' : finding.severity === 'error' ? 'better' : 'same'
    return [{ ...finding, presence: 'gone', change }]
  })
  return [...came, ...went]
}

/** Which checks could not look at a job's image because it was not executed. */
export function neverLookedAt({ verdict, execution }: ReportJob): (code: string) => boolean {
  const isUnseen = execution === undefined || verdict === undefined || verdict === 'inconclusive'
  return (code) => isUnseen && !BY_REGISTRY.test(code)
}

/** The same finding several times is counted, so that one more is one more. */
function byKey(findings: readonly ReportFinding[]): Map<string, ReportFinding> {
  const keyed = new Map<string, ReportFinding>()
  const seen = new Map<string, number>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, ...IDENTIFYING.map((name) => finding.evidence[name])])
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    keyed.set(`${key} ${nth}`, finding)
  }
  return keyed
}
