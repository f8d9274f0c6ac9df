import type { CheckCode } from './info.ts'

/** How much a finding weighs. Only an error makes a verdict fail. */
export type Severity = 'error' | 'warning' | 'info'

/** What a check found, as data. Text is made of it last, by `renderFinding`. */
export interface Finding {
  readonly code: CheckCode
  readonly severity: Severity
  /** Canonical text; absent when the finding concerns the whole index. */
  readonly platform?: string
  readonly evidence: Readonly<Record<string, unknown>>
}
