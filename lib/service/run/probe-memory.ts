import type { PlatformProbe } from '#lib/engine/probe/judge-probe.ts'

/** What a probe has shown, and when it did. */
export interface RememberedProbe {
  readonly platforms: readonly PlatformProbe[]
  readonly probedAt: Date
}

/** Keeps what was found out of engines. Keys tell one engine, and one state of its machine, from another. */
export interface ProbeMemory {
  get(key: string): Promise<RememberedProbe | undefined>
  put(key: string, platforms: readonly PlatformProbe[], probedAt: Date): Promise<void>
}

/** Remembers nothing: for roots that have no store. */
export const noMemory: ProbeMemory = { get: async () => undefined, put: async () => {} }
