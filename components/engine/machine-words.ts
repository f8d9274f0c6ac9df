/** A machine as its programs see it. */
interface SeenMachine {
  readonly cpu?: string | undefined
  readonly emulator?: string | undefined
  readonly pageSizeBytes?: number | undefined
}

/** Processor, emulator without what a distribution says of its package, and page size; empty where nothing is known. */
export function machineWords({ cpu, emulator, pageSizeBytes }: SeenMachine): string {
  const parts = [
    cpu,
    emulator?.replace(/ \(.*\)$/, ''),
    pageSizeBytes === undefined ? undefined : `pages of ${pageSizeBytes / 1024}\u00a0KiB`,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}
