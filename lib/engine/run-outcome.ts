/**
 * A piece of what a program wrote. Within a stream the order is the program's; between the two streams it is the order
 * in which the engine read them, which may differ within milliseconds.
 */
export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

/** How a container is run. */
export interface RunOptions {
  /** Called for each piece until `outputMaxBytes` is reached; what it throws ends the run. */
  readonly onOutput: (chunk: OutputChunk) => void
  /** Both streams together. What comes after is read and dropped, so that the program never waits. */
  readonly outputMaxBytes: number
  /** From the start of the program on; then SIGKILL. */
  readonly timeoutMs: number
  /** Called when the engine has started the program. */
  readonly onStarted?: (() => void) | undefined
  /** When it resolves, all there is to see was seen: a program that still runs is ended as by the time limit. */
  readonly enough?: Promise<unknown> | undefined
  readonly signal?: AbortSignal | undefined
}

/** Why a program never ran, as far as engine and init can tell. */
export interface StartFailure {
  /**
   * `not-found`: the program, its loader or its `#!` interpreter is not there; or the kernel knows no way to run it and
   * the init looked for a shell in vain. `not-executable`: it may not be run (permission, a directory). `exec-format`:
   * the kernel knows no way to run it. `no-user`: the image's user is not in the image. `other`: read `message`.
   */
  readonly kind: 'not-found' | 'not-executable' | 'exec-format' | 'no-user' | 'other'
  /** The engine's or the init's own words, capped. Foreign text: show it harmlessly. */
  readonly message: string
}

/** How a run ended. */
export interface RunOutcome {
  /** 128 + n after signal n. Undefined when the container never started. */
  readonly exitCode: number | undefined
  readonly startFailure: StartFailure | undefined
  /** The kernel killed a process of it for want of memory. */
  readonly oomKilled: boolean
  /** `timeoutMs` passed, or enough was seen, and the container was killed: it was still running then. */
  readonly timedOut: boolean
  readonly startedAt: Date
  /** From the start of the program to its end. */
  readonly durationMs: number
  /** More was written than `outputMaxBytes`. */
  readonly outputTruncated: boolean
  /** How much was written, dropped bytes included. */
  readonly outputBytes: number
}
