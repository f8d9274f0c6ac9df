/** Routes, instrumentation and the command that starts the server are copies of each other's modules in one process. */
const shared = globalThis as typeof globalThis & { archwayAtStop?: Set<() => Promise<void>> }

/** Has something done when the server is told to stop, in good order and within a few seconds. */
export function atStop(work: () => Promise<void>): void {
  shared.archwayAtStop ??= new Set()
  shared.archwayAtStop.add(work)
}

/** Does it, and waits for it. Never rejects. */
export async function stopAll(): Promise<void> {
  await Promise.allSettled([...(shared.archwayAtStop ?? [])].map((work) => work()))
}
