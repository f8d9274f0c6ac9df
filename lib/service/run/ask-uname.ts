import type { RunOutcome } from '#lib/engine/run-outcome.ts'
import { toAppError } from '#lib/errors/app-error.ts'
import { describeElf, elfMatchesPlatform } from '#lib/image/elf-machine.ts'
import type { Lookup } from '#lib/image/image-entry.ts'
import { seenPrograms } from '#lib/image/match-binaries.ts'
import {
  type EntrypointResolution,
  resolveEntrypoint,
  type StartCommand,
} from '#lib/image/resolve-entrypoint.ts'
import type { Ending } from '#lib/report/ending.ts'
import type { UnameAnswer } from '#lib/report/machine.ts'
import { EMULATED_FACTOR } from '#lib/report/run-profile.ts'
import type { AttemptSetting } from './attempt-run.ts'
import type { OutputRecorder } from './output-recorder.ts'
import { runAside } from './run-aside.ts'

/** It prints one word; natively that takes milliseconds. */
const TIMEOUT_MS = 10_000
/** A word; whatever writes more is no `uname`. */
const OUTPUT_LIMIT_BYTES = 4_096
const WORD = /^[\w.+-]{1,64}$/
const WHY_MAX_LENGTH = 200

/** Where an image has its `uname`: looked for in a container while the image’s own program runs in it. Never rejects. */
export class UnameSearch {
  /** What was found; undefined when nobody could look. */
  found: Promise<EntrypointResolution | undefined> | undefined
  private readonly command: StartCommand

  /** `command`: what starts the image, for its PATH and its working directory. */
  constructor(command: StartCommand) {
    this.command = command
  }

  /** Looks once, however often it is asked. */
  look(files: Lookup): Promise<EntrypointResolution | undefined> {
    this.found ??= resolveEntrypoint(files, { ...this.command, entrypoint: ['uname'], cmd: ['-m'] }).catch(
      () => undefined,
    )
    return this.found
  }
}

/**
 * Runs the image’s own `uname -m` in a container of its own, and notes what it said or why nobody knows. A job that has
 * failed is not kept waiting for it, and an image without `uname` costs no container. Rejects for an abort alone.
 */
export async function askUname(setting: AttemptSetting, ended: Ending, search: UnameSearch): Promise<void> {
  const { record, signal } = setting
  record.uname = await answerOf(setting, ended, search).catch((error: unknown): UnameAnswer => {
    if (signal?.aborted) throw error
    return { unasked: 'not-run', why: toAppError(error).message.slice(0, WHY_MAX_LENGTH) }
  })
}

async function answerOf(setting: AttemptSetting, ended: Ending, search: UnameSearch): Promise<UnameAnswer> {
  if (ended.verdict === 'failed' || ended.verdict === 'skipped') return { unasked: 'job-ended' }
  const resolution = await search.found
  if (resolution === undefined) return { unasked: 'not-run', why: 'nobody could look for it' }
  if (resolution.kind === 'not-found') return { unasked: 'no-uname' }
  const [path = 'uname'] = resolution.chain
  if (resolution.kind !== 'found')
    return { path, unasked: 'not-run', why: `it cannot be started (${resolution.kind})` }
  const { plan, chosen, wanted, record } = setting
  const { outcome, recorder } = await record.step('uname', () =>
    runAside(setting, {
      // By the link’s own name: busybox goes by how it was called.
      entrypoint: [path],
      command: ['-m'],
      env: plan.profile.env,
      timeoutMs: chosen.mode === 'native' ? TIMEOUT_MS : TIMEOUT_MS * EMULATED_FACTOR,
      outputMaxBytes: OUTPUT_LIMIT_BYTES,
    }),
  )
  const why = whyUnsaid(outcome, recorder)
  if (why !== undefined) return { path, unasked: 'not-run', why: why.slice(0, WHY_MAX_LENGTH) }
  const foreign = seenPrograms(resolution).find(
    ({ elf }) => elfMatchesPlatform(elf, wanted).kind === 'differs',
  )
  return {
    path,
    said: recorder.textOf('stdout').trim(),
    ...(foreign ? { foreign: `${foreign.path} is ELF ${describeElf(foreign.elf)}` } : {}),
  }
}

/** Why what it did is no answer. */
function whyUnsaid(
  { exitCode, startFailure, timedOut, oomKilled }: RunOutcome,
  recorder: OutputRecorder,
): string | undefined {
  if (startFailure) return `it could not be started: ${startFailure.message}`
  if (timedOut) return 'it did not end in time'
  if (oomKilled) return 'it needed more memory than its limit'
  if (exitCode !== 0) return `it ended with exit code ${exitCode}`
  return WORD.test(recorder.textOf('stdout').trim()) ? undefined : 'it did not answer with one word'
}
