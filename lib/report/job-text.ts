import { renderFinding } from '#lib/checks/render-finding.ts'
import { endingText } from './ending-text.ts'
import type { ReportJob } from './model.ts'

/**
 * One sentence for people on why a job has its verdict: how it ended, or the first error where that is what made it
 * fail. Undefined when it was cancelled. Holds foreign text: show it harmlessly.
 */
export function jobText({ verdict, ending, findings }: ReportJob): string | undefined {
  if (ending === undefined) return undefined
  const error = verdict === ending.verdict ? undefined : findings.find(({ severity }) => severity === 'error')
  if (error === undefined) return endingText(ending.reason, ending.evidence)
  const { code, severity, evidence } = error
  return renderFinding({ code, severity, evidence }).message
}
