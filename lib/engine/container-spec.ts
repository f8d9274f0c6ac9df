import type { Platform } from '#lib/oci/platform.ts'

/** How much of the engine's machine a container may take. */
export interface SandboxLimits {
  /** Memory without swap. What is written to a tmpfs counts too. */
  readonly memoryBytes: number
  /** Processes and threads. */
  readonly pids: number
  /** Processors; 0.5 is half of one. More than the machine has means all it has. */
  readonly cpus: number
  /** Size of `/tmp` and of each tmpfs over one of the image's own volumes. */
  readonly tmpfsBytes: number
}

/** Who may remove a container that was left behind, and when. */
export interface Lease {
  /** The Archway that made it. */
  readonly instance: string
  /** From then on any Archway may remove it. Must lie after the run's own time limit. */
  readonly until: Date
  /** The run it belongs to; a label for people. */
  readonly run?: string | undefined
}

/**
 * A container to make. What is not said here is fixed: read-only root, `/tmp` and the image's volumes on sized tmpfs,
 * no capabilities, no new privileges, no core dumps, no log driver, no terminal, no stdin, an init as process 1, the
 * image's own user.
 */
export interface ContainerSpec {
  /** As `pull` or `load` answered. */
  readonly image: string
  readonly platform: Platform
  /** In place of the image's `Entrypoint`; the image's `Cmd` then counts no more. */
  readonly entrypoint?: readonly string[] | undefined
  /** In place of the image's `Cmd`. */
  readonly command?: readonly string[] | undefined
  /** On top of the image's. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** `joins`: the network of another container, which has to run when this one starts. */
  readonly network: 'none' | 'bridge' | { readonly joins: string }
  readonly limits: SandboxLimits
  /** The image's own health check is tried while it runs; off otherwise, so that it costs nothing. */
  readonly health?: boolean | undefined
  readonly lease: Lease
}

/** A container that was made and not started. */
export interface CreatedContainer {
  readonly id: string
  /** The engine refused the platform for this image, because the image's config names another one. */
  readonly platformRefused: boolean
  /** What the engine could not do as asked, in its own words: a limit that its kernel does not know. */
  readonly warnings: readonly string[]
}

/** Enough for a program that starts and says something; no more than a laptop spares. */
export const DEFAULT_LIMITS: SandboxLimits = {
  memoryBytes: 512 * 1_048_576,
  pids: 256,
  cpus: 1,
  tmpfsBytes: 64 * 1_048_576,
}
