import PQueue from 'p-queue'
import { AppError } from '#lib/errors/app-error.ts'
import type { Queue, QueuedWork } from './queue.ts'

/**
 * A queue in this process, over p-queue. What must outlast the process is kept by those who add work. Groups take
 * turns: work is numbered by rounds, each round holds one piece of every group, and who comes late joins the round after
 * the one that is on. So fifty pieces of one group hold up nobody, and are not held up by newcomers either.
 */
export class InProcessQueue implements Queue {
  private readonly turns: PQueue
  private readonly closing = new AbortController()
  /** The last round of a group that has work waiting. */
  private readonly rounds = new Map<string, { last: number; waiting: number }>()
  private round = -1

  /** `bound` pieces are worked on at the same time. */
  constructor(bound: number) {
    this.turns = new PQueue({ concurrency: bound })
  }

  async add<T>({ group, work, signal }: QueuedWork<T>): Promise<T> {
    const left = signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal
    if (left.aborted) throw takenOut()
    const place = this.rounds.get(group) ?? { last: -1, waiting: 0 }
    const round = Math.max(place.last, this.round) + 1
    this.rounds.set(group, { last: round, waiting: place.waiting + 1 })
    const start = () => {
      this.leave(group)
      if (left.aborted) throw takenOut()
      this.round = Math.max(this.round, round)
      return work()
    }
    let isBegun = false
    const turn = this.turns.add(
      () => {
        isBegun = true
        return start()
      },
      { priority: -round },
    )
    const { promise: out, reject } = Promise.withResolvers<never>()
    const onLeft = () => {
      if (!isBegun) reject(takenOut())
    }
    left.addEventListener('abort', onLeft, { once: true })
    try {
      return await Promise.race([turn, out])
    } finally {
      left.removeEventListener('abort', onLeft)
      turn.catch(() => {})
    }
  }

  async close(): Promise<void> {
    this.closing.abort()
    await this.turns.onIdle()
  }

  private leave(group: string): void {
    const place = this.rounds.get(group)
    if (place && place.waiting > 1) this.rounds.set(group, { ...place, waiting: place.waiting - 1 })
    else this.rounds.delete(group)
  }
}

function takenOut(): AppError {
  return new AppError('cancelled', 'The work was cancelled before its turn came.')
}
