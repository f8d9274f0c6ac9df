/** A piece of work that waits for its turn. */
export interface QueuedWork<T> {
  /** Work of one group goes in the order it was added; groups take turns. */
  readonly group: string
  /** Called when its turn has come. */
  readonly work: () => Promise<T>
  /** An abort takes it out while it waits. Work that was begun goes on; it has the signal itself. */
  readonly signal?: AbortSignal | undefined
}

/** Work that is done in turn, so much of it at the same time. */
export interface Queue {
  /** What the work answers or throws; `cancelled` when it was taken out before its turn, or the queue was closed. */
  add<T>(work: QueuedWork<T>): Promise<T>
  /** Takes out what waits, takes nothing more, and resolves when what was begun has ended. */
  close(): Promise<void>
}
