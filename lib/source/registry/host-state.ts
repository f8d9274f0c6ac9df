import PQueue from 'p-queue'
import { BoundedMap } from './bounded-map.ts'
import { REGISTRY_LIMITS } from './limits.ts'
import { QuotaMeter } from './quota.ts'

/** What is known about one registry host and shared by all of its repositories. */
export interface HostState {
  /** At most 16 requests in flight; what waits goes by priority. */
  readonly slots: PQueue
  readonly quota: QuotaMeter
  /** Until when the host counts as one without a referrers API, in milliseconds since 1970. */
  noReferrersUntilMs: number
}

/** Priorities within a host's slots: what a person looks at goes first. */
export const SLOT_PRIORITY = { foreground: 1, background: 0 } as const

const HOSTS_MAX = 500

/** Answers the state of a host, made when it is first asked for. */
export function createHostStates(): (registry: string) => HostState {
  const states = new BoundedMap<HostState>(HOSTS_MAX)
  return (registry) =>
    states.getOrMake(registry, () => ({
      slots: new PQueue({ concurrency: REGISTRY_LIMITS.connectionsPerHost }),
      quota: new QuotaMeter(),
      noReferrersUntilMs: 0,
    }))
}
