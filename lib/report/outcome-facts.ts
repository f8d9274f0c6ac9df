import type { EntrypointResolution } from '#lib/image/resolve-entrypoint.ts'
import type { TimeLimit } from './run-profile.ts'
import type { ServiceSeen } from './service-seen.ts'

/** How an execution ended, as an engine tells it. */
export interface Execution {
  /** 128 + n after signal n; undefined when the program never started. */
  readonly exitCode: number | undefined
  readonly startFailure:
    | {
        readonly kind: 'not-found' | 'not-executable' | 'exec-format' | 'no-user' | 'other'
        readonly message: string
      }
    | undefined
  readonly oomKilled: boolean
  /** It was still running when its time was up. */
  readonly timedOut: boolean
  readonly outputTruncated: boolean
}

/** What is asked of a program. */
export interface Expectations {
  readonly exitCode: number
  /** As a person wrote it, and whether it was found; undefined when the search took too long. */
  readonly output?: { readonly expected: string; readonly found: boolean | undefined }
  /** It is a service: it has to be running still when its time is up. */
  readonly isService: boolean
  /** What a service showed that was asked more than to keep running, and the time it had. */
  readonly service?: { readonly seen: ServiceSeen; readonly limitMs: number } | undefined
  /** Whether the sandbox lets it on the network. */
  readonly hasNetwork: boolean
}

/** All that is known of one execution. */
export interface OutcomeFacts {
  readonly execution: Execution
  /** Both streams, as far as they were kept. */
  readonly output: string
  readonly mode: 'native' | 'emulated'
  readonly expectations: Expectations
  /** How long it may take. */
  readonly limit?: TimeLimit | undefined
  readonly resolution: EntrypointResolution
  /** Of the binaries that executed: all of the platform, some of another, or of a platform that has no table row. */
  readonly binaries: 'match' | 'differ' | 'unknown'
}
