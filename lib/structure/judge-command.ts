import { SETUP_EXIT_CODE, SETUP_FAILED } from './command-words.ts'
import type { CommandTest } from './structure-tests.ts'
import { Complaints, type FindPattern, type TestResult } from './test-result.ts'

/** What came of a command that was started and ended by itself. */
export interface CommandOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** More was written than is kept. */
  readonly outputTruncated: boolean
}

/** Judges a command that ran to its end: its exit code, then both streams. */
export function judgeCommand(test: CommandTest, outcome: CommandOutcome, find: FindPattern): TestResult {
  const told = new Complaints()
  const { exitCode, stdout, stderr, outputTruncated } = outcome
  const failedStep =
    exitCode === SETUP_EXIT_CODE && stderr.split('\n').find((each) => each.startsWith(SETUP_FAILED))
  if (failedStep) {
    told.wrong.push(`${failedStep.replace(/^archway: s/, 'S')}; the command was not run.`)
    return told.result(test.name, 'command')
  }
  if (exitCode !== test.exitCode)
    told.wrong.push(`It ended with exit code ${exitCode}; expected was ${test.exitCode}.`)
  told.search(find, stdout, 'its output', test.expectedOutput, test.excludedOutput)
  told.search(find, stderr, 'its error output', test.expectedError, test.excludedError)
  if (!outputTruncated || exitCode !== test.exitCode) return told.result(test.name, 'command')
  const { name, kind, verdict, messages } = told.result(test.name, 'command')
  const looked = [
    ...test.expectedOutput,
    ...test.excludedOutput,
    ...test.expectedError,
    ...test.excludedError,
  ]
  if (looked.length === 0) return { name, kind, verdict, messages }
  return {
    name,
    kind,
    verdict: 'inconclusive',
    messages: ['It wrote more than is kept, so not all of it was searched.', ...messages],
  }
}
