/** How long the engine may take, and how much it may say. Each call names one of the times. */
export const ENGINE_TIMES = {
  /** A local socket answers at once; a remote one has to be reached. */
  connectMs: 5_000,
  /** Questions that cost the engine nothing. */
  askMs: 20_000,
  /** Making, starting, killing and removing containers: a busy disk makes it slow. */
  workMs: 60_000,
  /** Silence within a pull or a load: layers are unpacked, a registry is tried again. */
  transferIdleMs: 180_000,
  /** From the kill of a container until the engine says that it ended. */
  killedMs: 10_000,
  /** During a run, the engine is asked this often whether it is still there. */
  heartbeatMs: 15_000,
  /** From the end of a container until the last of its output. */
  drainMs: 5_000,
} as const

/** Byte limits of what an engine answers. */
export const ENGINE_LIMITS = {
  /** `inspect` repeats the image's config, which may have 8 MiB. */
  answerBytes: 16 << 20,
  errorBytes: 64 << 10,
  /** One event of a pull or a load. */
  eventBytes: 1 << 20,
  /** Foreign words that go into a message. */
  quotedChars: 400,
} as const

/**
 * The API versions this adapter was written for. 1.41 is Docker 20.10, the first to take a platform at `create`;
 * an engine that speaks a newer one is asked in 1.48.
 */
export const API_VERSIONS = { oldest: '1.41', newest: '1.48' } as const
