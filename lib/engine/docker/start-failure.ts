import type { StartFailure } from '../run-outcome.ts'
import { quoted } from './engine-http.ts'

/** tini (`docker-init`) and catatonit (Podman) say this, and nothing else is ever written, when exec fails. */
const INIT_FAILED =
  /^(?:\[FATAL tini \(\d+\)\] exec .{0,900} failed: .*|.*\(catatonit:\d+\): failed to exec pid1: .*)\n?$/s
/** The exit codes that an init ends with then. */
const INIT_EXIT_CODES = new Set([1, 126, 127])

/** Engine and init say why in prose only; this is the one place that reads it. */
const KINDS: readonly (readonly [RegExp, StartFailure['kind']])[] = [
  [/exec format error/i, 'exec-format'],
  [/no such file or directory|executable file not found|not found/i, 'not-found'],
  [/permission denied|is a directory|not executable/i, 'not-executable'],
]

/** Why the engine refused to start the container. */
export function refusedStart(words: string): StartFailure {
  const kind = KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other'
  return { kind, message: quoted(words) }
}

/** The init's failure to start the program, when that is all that was written. */
export function failedInit(exitCode: number, onlyStderr: string | undefined): StartFailure | undefined {
  if (onlyStderr === undefined || !INIT_EXIT_CODES.has(exitCode) || !INIT_FAILED.test(onlyStderr))
    return undefined
  return refusedStart(onlyStderr)
}
