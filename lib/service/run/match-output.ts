import { Script } from 'node:vm'
import { containsText, type OutputExpectation } from '#lib/report/output-expectation.ts'

/** A regular expression from outside can take for ever; nothing else happens meanwhile. */
const PATTERN_TIMEOUT_MS = 250

const SEARCH = new Script('texts.some((text) => new RegExp(source, flags).test(text))')

/**
 * Whether an expectation, filled in, holds in any of these texts: both streams together, or one of them. Undefined
 * when a pattern took too long.
 */
export function matchOutput(expectation: OutputExpectation, texts: readonly string[]): boolean | undefined {
  if (expectation.kind === 'text') return texts.some((text) => containsText(text, expectation.text))
  const { source, flags } = expectation
  try {
    return SEARCH.runInNewContext({ source, flags, texts }, { timeout: PATTERN_TIMEOUT_MS }) === true
  } catch (error) {
    if (isTimeout(error)) return undefined
    throw error
  }
}

/** The error comes from the script's own context: it is no instance of this one's `Error`. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
