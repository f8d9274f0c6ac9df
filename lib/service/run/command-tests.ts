import type { RunOutcome } from '#lib/engine/run-outcome.ts'
import type { EntrypointResolution } from '#lib/image/resolve-entrypoint.ts'
import { classifyOutcome } from '#lib/report/classify-outcome.ts'
import type { Ending } from '#lib/report/ending.ts'
import { endingText } from '#lib/report/ending-text.ts'
import { jobFault } from '#lib/report/job-fault.ts'
import type { ReportTest } from '#lib/report/model.ts'
import { outputTail } from '#lib/report/render/report-words.ts'
import { timeLimit } from '#lib/report/run-profile.ts'
import { commandEnv, commandWords } from '#lib/structure/command-words.ts'
import { judgeCommand } from '#lib/structure/judge-command.ts'
import type { CommandTest } from '#lib/structure/structure-tests.ts'
import type { TestResult } from '#lib/structure/test-result.ts'
import type { AttemptSetting } from './attempt-run.ts'
import { findPattern } from './look-tests.ts'
import type { OutputRecorder } from './output-recorder.ts'
import { runAside } from './run-aside.ts'

/** Kept of what a test writes, to be searched. */
const OUTPUT_LIMIT_BYTES = 1 << 20
/** Kept in the report of a test that did not pass. */
const SHOWN_OUTPUT = { maxLength: 8_000, maxLines: 60 }
/** An emulator that crashed is given one more chance. */
const ATTEMPT_LIMIT = 2

/**
 * Runs command tests one after the other, each in a fresh container of the sandbox. What comes of each is noted as soon
 * as it is known, so that it stays when the engine is lost. Throws what the engine throws.
 */
export async function runCommandTests(
  setting: AttemptSetting,
  tests: readonly CommandTest[],
  imageEnv: readonly string[],
  resolution: EntrypointResolution,
): Promise<void> {
  for (const test of tests) {
    const startedAtMs = performance.now()
    let result = await runTest(setting, test, imageEnv, resolution)
    for (let attempt = 1; result.crashed && attempt < ATTEMPT_LIMIT; attempt++)
      result = await runTest(setting, test, imageEnv, resolution)
    if (result.spoilt) setting.record.hasSpoiltTests = true
    const durationMs = Math.round(performance.now() - startedAtMs)
    const { verdict } = result.judged
    const output = verdict === 'passed' ? '' : outputTail(result.output, SHOWN_OUTPUT).text
    setting.record.tests.push({ ...result.judged, durationMs, ...(output === '' ? {} : { output }) })
  }
}

interface Tried {
  readonly judged: TestResult
  readonly output: string
  /** The emulator crashed. */
  readonly crashed: boolean
  /** An emulator may be at fault. */
  readonly spoilt: boolean
}

async function runTest(
  setting: AttemptSetting,
  test: CommandTest,
  imageEnv: readonly string[],
  resolution: EntrypointResolution,
): Promise<Tried> {
  const { chosen, plan } = setting
  const { outcome, recorder } = await runAside(setting, {
    ...commandWords(test),
    env: { ...plan.profile.env, ...commandEnv(test.env, imageEnv) },
    timeoutMs: timeLimit(plan.profile, chosen.mode).ms,
    outputMaxBytes: OUTPUT_LIMIT_BYTES,
  })
  return judge(setting, test, outcome, recorder, resolution)
}

/** A death is classified as the image’s own run would be: an emulator’s fault is not the image’s. */
function judge(
  { chosen, plan }: AttemptSetting,
  test: CommandTest,
  outcome: RunOutcome,
  recorder: OutputRecorder,
  resolution: EntrypointResolution,
): Tried {
  const { output } = recorder
  const { exitCode } = outcome
  const told = (judged: TestResult, ended?: Ending): Tried => ({
    judged,
    output,
    crashed: ended?.reason === 'emulator-crash',
    spoilt: ended !== undefined && jobFault({ verdict: ended.verdict, ending: ended }) === 'emulator',
  })
  const { startFailure, timedOut, oomKilled } = outcome
  const isOrdinary = exitCode !== undefined && !startFailure && !timedOut && !oomKilled
  if (isOrdinary && (exitCode === test.exitCode || exitCode < 128)) {
    const streams = { stdout: recorder.textOf('stdout'), stderr: recorder.textOf('stderr') }
    const ran = { exitCode, ...streams, outputTruncated: outcome.outputTruncated }
    return told(judgeCommand(test, ran, findPattern))
  }
  if (startFailure) {
    const message = `${test.command} could not be started: ${startFailure.message}`
    const verdict = startFailure.kind === 'other' ? 'inconclusive' : 'failed'
    return told({ name: test.name, kind: 'command', verdict, messages: [message] })
  }
  const ended = classifyOutcome({
    execution: outcome,
    output,
    mode: chosen.mode,
    resolution,
    binaries: 'match',
    expectations: {
      exitCode: test.exitCode,
      isService: false,
      hasNetwork: plan.profile.network ?? false,
    },
    limit: timeLimit(plan.profile, chosen.mode),
  })
  const { verdict, reason, evidence } = ended
  const messages = [endingText(reason, evidence)]
  return told({ name: test.name, kind: 'command', verdict, messages }, ended)
}

/** The result of a test whose turn never came. */
export function untried({ name }: CommandTest, isSkipped: boolean): ReportTest {
  return {
    name,
    kind: 'command',
    verdict: isSkipped ? 'skipped' : 'inconclusive',
    messages: [isSkipped ? 'Nothing here could run it.' : 'The platform’s job ended before its turn came.'],
    durationMs: 0,
  }
}
