import type { StartFailure } from '../run-outcome.ts'
import { quoteWords } from './quote-words.ts'

/** tini (`docker-init`) and catatonit (Podman) say this, and nothing else is ever written, when exec fails. */
const INIT_FAILED =
  /^(?:\[FATAL tini \(\d+\)\] exec .{0,900} failed: .*|.*\(catatonit:\d+\): failed to exec pid1: .*)\n?$/s
/** QEMU opens the loader by itself, and says this when there is none, or one for another architecture. */
const QEMU_FAILED =
  /^\S+: (?:Could not open '.{0,900}': .*|.{0,900}: Invalid ELF image for this architecture)\n?$/s
/** The exit codes that an init (1, 126, 127) or QEMU (1, 255) ends with then. */
const FAILED_EXIT_CODES = new Set([1, 126, 127, 255])

/** Engine and init say why in prose only; this is the one place that reads it. */
const KINDS: readonly (readonly [RegExp, StartFailure['kind']])[] = [
  [/exec format error/i, 'exec-format'],
  [/no such file or directory|executable file not found/i, 'not-found'],
  [/permission denied|is a directory|not executable/i, 'not-executable'],
]

/**
 * Why the engine refused to start the container. Below an init that is rarely the program; a missing file may as well
 * be one of the engine's own, hence `other` for what does not speak of executing.
 */
export function refusedStart(words: string): StartFailure {
  const message = quoteWords(words)
  if (isUnknownUser(words)) return { kind: 'no-user', message }
  return /\bexec: |executable file|exec format/i.test(words) ? failureOf(words) : { kind: 'other', message }
}

/** Whether the engine says that the image's user or group is not in the image. */
export function isUnknownUser(words: string): boolean {
  return /unable to find (user|group)|no matching entries in (passwd|group)|unknown user error/i.test(words)
}

/** The failure of the init or of QEMU to start the program, when that is all that was written. */
export function failedExec(exitCode: number, onlyStderr: string | undefined): StartFailure | undefined {
  if (onlyStderr === undefined || !FAILED_EXIT_CODES.has(exitCode)) return undefined
  const isKnown = INIT_FAILED.test(onlyStderr) || QEMU_FAILED.test(onlyStderr)
  return isKnown ? failureOf(onlyStderr) : undefined
}

function failureOf(words: string): StartFailure {
  const kind = KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other'
  return { kind, message: quoteWords(words) }
}
