import { renderFinding } from '#lib/checks/render-finding.ts'
import { endingText } from './ending-text.ts'
import type { ReportJob } from './model.ts'

/**
 * One sentence for people on why a job has its verdict: how it ended, or the first error where that is what made it
 * fail, or explains it better (then RUN-001 keeps silent). Undefined when it was cancelled. Holds foreign text: show
 * it harmlessly.
 */
export function jobText({ verdict, ending, findings }: ReportJob): string | undefined {
  if (ending === undefined) return undefined
  const isPlain = ending.reason === 'not-in-index' || findings.some(({ code }) => code === 'RUN-001')
  const isToldByEnding = verdict === ending.verdict && isPlain
  const isError = ({ severity }: ReportJob['findings'][number]) => severity === 'error'
  const error = verdict !== 'failed' || isToldByEnding ? undefined : findings.find(isError)
  if (error === undefined) return endingText(ending.reason, ending.evidence)
  const { code, severity, evidence } = error
  return renderFinding({ code, severity, evidence }).message
}
