import type { Lease } from '../container-spec.ts'

const INSTANCE = 'archway.instance'
const LEASE_UNTIL = 'archway.lease-until'
const RUN = 'archway.run'
const NAME = 'archway.name'

/** The label that every container of every Archway carries; `sweep` looks for it. */
export const SWEEP_LABEL = LEASE_UNTIL

/** A lease as labels of a container. */
export function leaseLabels(lease: Lease): Record<string, string> {
  return {
    [INSTANCE]: lease.instance,
    [LEASE_UNTIL]: lease.until.toISOString(),
    ...(lease.run !== undefined && { [RUN]: lease.run }),
  }
}

/** A label by which something is found that nobody knows the id of, where its name is not its own. */
export function nameLabel(name: string): Record<string, string> {
  return { [NAME]: name }
}

/** What `nameLabel` says. */
export function nameOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels[NAME]
}

/** Whether a container with these labels may be swept: it is the instance's own, or its lease is over. */
export function maySweep(
  labels: Readonly<Record<string, string>>,
  instance: string | undefined,
  now: Date,
): boolean {
  const until = labels[LEASE_UNTIL]
  if (until === undefined) return false
  return (instance !== undefined && labels[INSTANCE] === instance) || Date.parse(until) < now.getTime()
}
