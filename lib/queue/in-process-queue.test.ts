import { expect, it } from 'vitest'
import { InProcessQueue } from './in-process-queue.ts'

/** A queue with one place, which is taken until `open` is called; `done` tells what was worked on, in order. */
function heldQueue() {
  const queue = new InProcessQueue(1)
  const gate = Promise.withResolvers<void>()
  const done: string[] = []
  const add = (group: string, name: string, signal?: AbortSignal) =>
    queue.add({ group, signal, work: async () => void done.push(`${group}${name}`) })
  const held = queue.add({ group: 'gate', work: () => gate.promise })
  return { queue, done, add, held, open: gate.resolve }
}

it('works on no more at the same time than its bound, and answers what each came to', async () => {
  const queue = new InProcessQueue(2)
  let now = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setImmediate(resolve))
    return now--
  }
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => queue.add({ group: 'a', work })))
  expect([most, answers.length]).toEqual([2, 5])
  await expect(queue.add({ group: 'a', work: () => Promise.reject(new Error('no')) })).rejects.toThrow('no')
})

it('lets groups take turns, the older one first', async () => {
  const { add, open, done } = heldQueue()
  const all = [
    ...['1', '2', '3', '4'].map((name) => add('a', name)),
    ...['1', '2'].map((name) => add('b', name)),
    add('c', '1'),
  ]
  open()
  await Promise.all(all)
  expect(done).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4'])
})

it('does not let newcomers hold up those who wait', async () => {
  const { queue, add, open, done } = heldQueue()
  const waiting = ['1', '2', '3'].map((name) => add('a', name))
  const newcomers: Promise<unknown>[] = []
  // Each piece of a newcomer brings another newcomer along.
  const bring = (count: number): Promise<void> =>
    queue.add({
      group: `n${count}`,
      work: async () => {
        done.push('new')
        if (count < 10) newcomers.push(bring(count + 1))
      },
    })
  newcomers.push(bring(0))
  open()
  await Promise.all(waiting)
  expect(done.indexOf('a3')).toBeLessThan(6)
  while (newcomers.length < 11) await newcomers.at(-1)
  await Promise.all(newcomers)
})

it('takes out at once what is aborted while it waits, and leaves what was begun alone', async () => {
  const { add, open, done, held, queue } = heldQueue()
  const stop = new AbortController()
  const waiting = add('a', '1', stop.signal)
  const next = add('a', '2')
  stop.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  await expect(add('a', '3', stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  open()
  await Promise.all([held, next])
  expect(done).toEqual(['a2'])
  const begun = new AbortController()
  const work = queue.add({
    group: 'b',
    signal: begun.signal,
    work: async () => {
      begun.abort()
      return 'to its end'
    },
  })
  await expect(work).resolves.toBe('to its end')
})

it('closed, it waits for what was begun and drops the rest', async () => {
  const { queue, add, open, held, done } = heldQueue()
  const waiting = add('a', '1')
  const closed = queue.close()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  await expect(add('b', '1')).rejects.toMatchObject({ code: 'cancelled' })
  open()
  await Promise.all([held, closed])
  expect(done).toEqual([])
})
