import type { Digest } from '#lib/oci/digest.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { RegistryRepository } from '#lib/oci/reference.ts'
import type { ContainerSpec, CreatedContainer, Lease } from './container-spec.ts'
import type { RunOptions, RunOutcome } from './run-outcome.ts'

/** What every call to an engine may be told. */
export interface EngineCallOptions {
  readonly signal?: AbortSignal | undefined
}

/** What an engine says of itself and of its machine. */
export interface EngineInfo {
  readonly kind: 'docker' | 'podman'
  /** The name of the engine's machine. */
  readonly name: string
  /** `20.10.24+dfsg1`: as the engine writes it. */
  readonly version: string
  /** The API version that is spoken with it: `1.41`. */
  readonly apiVersion: string
  readonly os: string
  /** In Go's terms: `amd64`, `ppc64le`. */
  readonly architecture: string
  readonly kernel: string
  readonly cpus: number
  readonly memoryBytes: number
  /** Limits that the engine cannot hold on its machine; a run there is not fully fenced in. */
  readonly missingLimits: readonly ('memory' | 'pids' | 'cpus')[]
}

/** A login for the registry of one pull; the shape in which the registry's credential store answers. */
export type EngineCredential =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly username: string; readonly token: string }

/** Which image to pull: always by the digest of one manifest, never by tag and platform. */
export interface PullRequest {
  readonly repository: RegistryRepository
  /** Digest of the platform's own manifest, not of the index. */
  readonly digest: Digest
  /** What the index says; told to the engine so that it does not refuse a foreign one. */
  readonly platform: Platform
  readonly credential?: EngineCredential | undefined
  /** The manifest's layers: with their sizes, progress is exact from the first event on. */
  readonly layers?: readonly { readonly digest: string; readonly sizeBytes: number }[] | undefined
}

/** How far a pull is. `totalBytes` grows while the engine finds layers, unless the request named them. */
export interface PullProgress {
  readonly phase: 'downloading' | 'extracting'
  readonly doneBytes: number
  readonly totalBytes: number
}

/** What bringing an image may be told. */
export interface BringImageOptions extends EngineCallOptions {
  /** Called with the image's name when the engine lacks it, and waited for before it is brought. */
  readonly onAbsent?: ((image: string) => Promise<void>) | undefined
}

/** What a pull may be told. */
export interface PullOptions extends BringImageOptions {
  readonly onProgress?: ((progress: PullProgress) => void) | undefined
}

/** An image that no registry has. */
export interface LoadRequest {
  /** Digest of the image's config: most engines know it by that. */
  readonly configDigest: Digest
  /** A docker-archive of this one image; read only when the engine lacks it. */
  readonly archive: AsyncIterable<Uint8Array>
}

/** An image that is in the engine now. */
export interface EngineImageHandle {
  /** What `inspectImage`, `create` and `removeImage` take. */
  readonly image: string
  /** Whether it was there before; then it is not ours to remove. */
  readonly wasPresent: boolean
}

/** What the engine itself says of an image. */
export interface EngineImage {
  /** The engine's identity of it: the config's digest, or the manifest's where images are kept by containerd. */
  readonly id: string
  readonly platform: Platform
  readonly sizeBytes: number
  /** The image's own `VOLUME` paths. `create` covers them by itself. */
  readonly volumes: readonly string[]
  /** Undefined when the image has no health check. */
  readonly health?: HealthCheck | undefined
}

/** An image's own `HEALTHCHECK`; times that the image leaves open are the engine's usual. */
export interface HealthCheck {
  /** `CMD` and its words, or `CMD-SHELL` and a line. */
  readonly test: readonly string[]
  readonly intervalMs: number
  readonly startPeriodMs: number
  readonly retries: number
}

/** How a container is by its health check. */
export interface ContainerHealth {
  /** `none`: it has no health check. */
  readonly status: 'none' | 'starting' | 'healthy' | 'unhealthy'
  /** Of the last try, if there was one. The output is foreign text, capped by the engine at 4 KiB. */
  readonly last?: { readonly exitCode: number; readonly output: string } | undefined
}

/** Files for the containers of an image. */
export interface AddFilesRequest {
  readonly image: string
  readonly platform: Platform
  /** Texts by absolute path, 100 bytes at most each. One that begins with `#!` may be executed. */
  readonly files: Readonly<Record<string, string>>
  readonly lease: Lease
}

/** One path out of a container's file system. */
export interface ArchiveOptions extends EngineCallOptions {
  /** Reading fails with `archive_too_large` beyond it. */
  readonly maxBytes: number
}

/** Whose containers `sweep` removes. */
export interface SweepRequest {
  /** Every container of this instance goes, whatever its lease: before the first run, and never after it. */
  readonly instance?: string | undefined
  /** Containers of others go when their lease ended before this. */
  readonly now: Date
}

/** Ids of the containers that a sweep removed, and of those it could not. */
export interface Swept {
  readonly removed: readonly string[]
  readonly left: readonly string[]
}

/**
 * Where containers run: Docker or Podman. Order of use: `pull` or `load` → `inspectImage` → `create` → `readArchive`
 * → `run` → `remove` → `removeImage`. Adapters throw `AppError` only. Everywhere: `engine_unavailable` when the engine
 * is not there or goes away, `engine_timeout` when it does not answer, `engine_protocol` when its answer makes no
 * sense, `cancelled` when the signal aborts.
 */
export interface Engine {
  /** Where it is, in words: `unix:///var/run/docker.sock`. */
  readonly address: string
  info(options?: EngineCallOptions): Promise<EngineInfo>
  /**
   * Brings an image into the engine. Does nothing when the engine has this digest of this repository already. Throws
   * `image_pull_failed`, or `registry_unseen` when the engine cannot reach the registry, which this machine may.
   */
  pull(request: PullRequest, options?: PullOptions): Promise<EngineImageHandle>
  /** Loads a docker-archive, unless its image is there already. Throws `image_load_failed`. */
  load(request: LoadRequest, options?: BringImageOptions): Promise<EngineImageHandle>
  /** Undefined when the engine has no such image. */
  inspectImage(image: string, options?: EngineCallOptions): Promise<EngineImage | undefined>
  /**
   * An image like another one with small files added, by their absolute paths; a file that was there is replaced, and
   * what lies in a volume is not seen. The
   * caller removes it again; a sweep does where nobody can. Not to be cut off: nobody would know what to remove. Throws `container_refused` for a path that cannot hold one.
   */
  addFiles(request: AddFilesRequest): Promise<string>
  /**
   * Removes what `pull`, `load` or `addFiles` brought, and answers whether it is gone: what another container needs
   * stays. Safe to repeat.
   */
  removeImage(image: string, options?: EngineCallOptions): Promise<boolean>
  /** Makes a container in the sandbox, not started. Throws `container_refused`, `working_dir_invalid`, `image_gone`. */
  create(spec: ContainerSpec, options?: EngineCallOptions): Promise<CreatedContainer>
  /**
   * The tar archive of a path in a container, started or not: one entry for a file or a link (links are not
   * followed), all below for a directory. Undefined when the path is not there. Leaving the loop ends the transfer.
   * Throws `link_loop` where the engine follows links, and they lead in a circle.
   */
  readArchive(
    container: string,
    path: string,
    options: ArchiveOptions,
  ): Promise<AsyncIterable<Uint8Array> | undefined>
  /**
   * Starts a created container and stays with it to its end, which `timeoutMs` and the signal hasten with SIGKILL.
   * An image that cannot start is an outcome (`startFailure`). An abort rejects with `cancelled`, after the kill.
   */
  run(container: string, options: RunOptions): Promise<RunOutcome>
  /** How a container is by its health check; it has to have been made with `health`. Throws `container_gone`. */
  health(container: string, options?: EngineCallOptions): Promise<ContainerHealth>
  /** Kills and removes a container with its volumes. Safe to repeat, and when it is already gone. */
  remove(container: string, options?: EngineCallOptions): Promise<void>
  /**
   * Removes containers, and images of `addFiles`, that an Archway left behind, and those that were being made or
   * removed here when the engine was lost; what has no label of Archway is never touched. One that does not go hinders
   * no other.
   */
  sweep(request: SweepRequest, options?: EngineCallOptions): Promise<Swept>
  /** Drops all connections. Containers that run go on. */
  close(): Promise<void>
}
