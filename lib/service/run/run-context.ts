import type { Engine, EngineCredential, EngineInfo } from '#lib/engine/engine.ts'
import type { PlatformProbe } from '#lib/engine/probe/judge-probe.ts'
import type { AppError } from '#lib/errors/app-error.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { RegistryRepository } from '#lib/oci/reference.ts'
import type { LayerReader } from '#lib/reader/layer-reader.ts'
import type { ServiceContext } from '../context.ts'
import type { ToldMachine } from './tell-machine.ts'

/** An engine with what it was found able to run, by running it. */
export interface EngineSeat {
  /** As people know it: by archway.yaml, else where it was found. */
  readonly name: string
  readonly engine: Engine
  readonly info: EngineInfo
  /** The platforms that were tried. */
  readonly platforms: readonly PlatformProbe[]
  /** Canonical texts of the platforms it may be given; without it every one that it can run. */
  readonly allowed?: readonly string[] | undefined
  /** When what is said here was last found out as a whole; undefined when nothing was tried. */
  readonly probedAt?: Date | undefined
  /** A run has shown that the probe is no longer true: everything is tried anew when the engine is next needed. */
  readonly doubt?: (() => void) | undefined
  /**
   * What the sample sees there with these variables, which tell an emulator what to be. Absent where there is no sample.
   * Throws what the engine throws.
   */
  readonly tellMachine?:
    | ((
        platform: Platform,
        env: Readonly<Record<string, string>>,
        signal?: AbortSignal,
      ) => Promise<ToldMachine>)
    | undefined
  /** A call did not reach it: it is asked whether it is there before it is given anything else. */
  readonly missed?: (() => void) | undefined
}

/** The engines that answered, best first, and why others did not. */
export interface EngineSeats {
  readonly seats: readonly EngineSeat[]
  readonly problems: readonly AppError[]
}

/** What running images needs on top of reading them, built once by a root. */
export interface RunContext extends ServiceContext {
  /** Never rejects, but for `cancelled`. */
  listEngines(signal?: AbortSignal): Promise<EngineSeats>
  /** Notes a container that its engine could not remove: it has to go when the engine is back. */
  noteLeft(engine: Engine, container: string): void
  /** Meets the engines soon, though nobody has anything to run there: something is to leave them. */
  visitEngines?(): void
  /** The login that Archway itself uses for a registry. Throws `credentials_unavailable`. */
  credentialFor(repository: RegistryRepository): Promise<EngineCredential>
  /** Names this Archway in the labels of its containers. */
  readonly instance: string
  /** Of Archway itself, for reports. */
  readonly version: string
  /** Platforms of one run that are worked on at the same time. */
  readonly jobsAtOnce: number
  /** Reads layers: what structure tests say of files needs it. */
  readonly layers?: Pick<LayerReader, 'read'> | undefined
}
