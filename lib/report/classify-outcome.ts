import { type Ending, ending } from './ending.ts'
import type { OutcomeFacts } from './outcome-facts.ts'
import { sandboxCause } from './sandbox-cause.ts'
import { serviceEnding, serviceEvidence } from './service-ending.ts'
import { startEnding } from './start-ending.ts'

const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
  31: 'SIGSYS',
}
/** Signals that a faulty emulator raises as well as a faulty program: ILL TRAP ABRT BUS FPE SEGV SYS. */
const CRASH_SIGNALS = new Set([4, 5, 6, 7, 8, 11, 31])
const QEMU_CRASH = /^qemu: uncaught target signal \d+/m
const CPU_BASELINE =
  /CPU lacks (?:ISA [\d.]+|VXE)[^\n]*|CPU does not support x86-64-v\d[^\n]*|Fatal glibc error: CPU[^\n]*/
const PAGE_SIZE = /<jemalloc>: Unsupported system page size|ELF load command alignment not page-aligned/
const EXEC_FORMAT = /^.*exec format error.*$/im
/** A runtime says it of the entrypoint: nothing of the image ran. */
const RUNTIME_WORDS = /standard_init_linux|exec user process|exec container process/i
const MESSAGE_MAX_LENGTH = 300
/** With these a shell, an old runtime or a newer one says that it could not execute something. */
const EXEC_FORMAT_CODES = new Set([1, 2, 126, 127, 255])

/**
 * How a run ended, and whose fault it was (RULES.md). `failed` names the image, `inconclusive` the witness. A crash,
 * a time-out and memory that ran out are the image's fault natively, and nobody's that is known under emulation.
 * Passing takes binaries that were seen to be of the platform: a foreign one runs fine where its handler is.
 */
export function classifyOutcome(facts: OutcomeFacts): Ending {
  const { execution, mode } = facts
  if (execution.startFailure) return startEnding(execution.startFailure, facts)
  if (execution.timedOut) return timedOut(facts)
  if (execution.exitCode === undefined) return ending('inconclusive', 'engine-failed')
  if (execution.exitCode === facts.expectations.exitCode && !facts.expectations.isService)
    return finished(facts)
  const { exitCode } = execution
  if (execution.oomKilled) return ending(blame(mode), 'out-of-memory', { exitCode })
  return crash(exitCode, facts) ?? unexpectedEnd(exitCode, facts)
}

/** It did what was asked, as far as it can be told without its output. */
function finished(facts: OutcomeFacts): Ending {
  const { expectations, execution, binaries, resolution } = facts
  const { expected, found } = expectations.output ?? { expected: '', found: true }
  if (found === undefined) return ending('inconclusive', 'pattern-too-slow', { expected })
  if (!found && execution.outputTruncated) return ending('inconclusive', 'output-truncated', { expected })
  if (!found) return ending('failed', 'output', { expected })
  if (resolution.kind !== 'found' && binaries !== 'differ') return ending('inconclusive', 'binaries-unseen')
  if (binaries === 'unknown') return ending('inconclusive', 'binaries-unknown')
  if (expectations.isService)
    return ending(
      'passed',
      'still-running',
      expectations.service && serviceEvidence(expectations.service.seen),
    )
  return ending('passed', 'as-expected', { exitCode: execution.exitCode })
}

function timedOut(facts: OutcomeFacts): Ending {
  const { expectations, limit, mode } = facts
  const { isService, service } = expectations
  if (!isService) return ending(blame(mode), 'timed-out', { limitMs: limit?.ms, factor: limit?.factor })
  return (service && serviceEnding(service.seen, service.limitMs, blame(mode))) ?? finished(facts)
}

/** What the exit code and the last words tell of a death. */
function crash(exitCode: number, { output, mode }: OutcomeFacts): Ending | undefined {
  if (PAGE_SIZE.test(output)) return ending('failed', 'page-size', { exitCode })
  const baseline = CPU_BASELINE.exec(output)?.[0]
  if (baseline !== undefined) return ending(blame(mode), 'cpu-baseline', { exitCode, message: baseline })
  const number = exitCode > 128 && exitCode < 128 + 65 ? exitCode - 128 : undefined
  if (mode === 'emulated' && QEMU_CRASH.test(output) && number !== 4) return emulatorCrash(exitCode, number)
  if (number === undefined) return undefined
  if (number === 4) return ending(blame(mode), 'illegal-instruction', { exitCode })
  if (number === 9) return ending('inconclusive', 'killed', { exitCode })
  if (!(number in SIGNALS)) return undefined
  if (mode === 'emulated' && CRASH_SIGNALS.has(number)) return emulatorCrash(exitCode, number)
  return ending('failed', 'signal', { exitCode, signal: SIGNALS[number] })
}

function emulatorCrash(exitCode: number, signal: number | undefined): Ending {
  return ending('inconclusive', 'emulator-crash', {
    exitCode,
    signal: signal === undefined ? undefined : SIGNALS[signal],
  })
}

function unexpectedEnd(exitCode: number, facts: OutcomeFacts): Ending {
  const { expectations, output, mode, binaries } = facts
  const refused = EXEC_FORMAT_CODES.has(exitCode) ? EXEC_FORMAT.exec(output)?.[0].trim() : undefined
  if (refused !== undefined) {
    // The image's own words prove that an emulator was there: it ran what wrote them.
    const isOwn = binaries === 'match' && !RUNTIME_WORDS.test(refused)
    if (mode === 'emulated' && binaries !== 'differ' && !isOwn)
      return ending('inconclusive', 'no-emulator', { exitCode })
    const started = isOwn ? { started: refused.slice(0, MESSAGE_MAX_LENGTH) } : {}
    return ending('failed', 'exec-format', { exitCode, ...started })
  }
  const forbidden = sandboxCause(output, expectations.hasNetwork)
  if (forbidden) return ending('inconclusive', 'sandbox', { exitCode, ...forbidden })
  if (expectations.isService) return ending('failed', 'service-ended', { exitCode })
  return ending('failed', 'exit-code', { exitCode, expectedExitCode: expectations.exitCode })
}

/** Whose fault something is that a slow or faulty emulator can cause as well. */
function blame(mode: 'native' | 'emulated'): 'failed' | 'inconclusive' {
  return mode === 'native' ? 'failed' : 'inconclusive'
}
