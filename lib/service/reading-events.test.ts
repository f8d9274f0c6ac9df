import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Digest } from '#lib/oci/digest.ts'
import { readingEvents } from './reading-events.ts'

// Guarantee: whoever waits for layers hears how far they are, and ends the work by leaving.

const digest = (digit: string) => `sha256:${digit.repeat(64)}` as Digest
const layer = (digit: string, sizeBytes: number) => ({ digest: digest(digit), sizeBytes, mediaType: 'tar' })
const stays = () => new AbortController().signal

describe('readingEvents', () => {
  it('tells bytes, entries and layers, one that two images share once, then the answer', async () => {
    const { promise: seen, resolve } = Promise.withResolvers<void>()
    const events = readingEvents(async ({ tally }) => {
      tally?.begin([layer('1', 100), layer('2', 50)] as never)
      tally?.begin([layer('1', 100), layer('3', 7)] as never)
      tally?.note(digest('1'), { readBytes: 30, entries: 4 })
      tally?.end(digest('2'))
      await seen
      return 'answer'
    }, stays())
    expect((await events.next()).value).toEqual({
      event: 'progress',
      data: { layers: 3, layersDone: 1, sizeBytes: 157, readBytes: 80, entries: 4 },
    })
    resolve()
    expect((await events.next()).value).toEqual({ event: 'answer', data: 'answer' })
    expect((await events.next()).done).toBe(true)
  })

  it('says nothing of progress where the answer is there at once', async () =>
    expect(await Array.fromAsync(readingEvents(async () => 1, stays()))).toEqual([
      { event: 'answer', data: 1 },
    ]))

  it('throws what the work throws', async () => {
    const events = readingEvents(() => Promise.reject(new Error('broken')), stays())
    await expect(events.next()).rejects.toThrow('broken')
  })

  it('aborts the work of who leaves', async () => {
    let aborted = false
    const events = readingEvents(async ({ signal, tally }) => {
      tally?.begin([layer('1', 1)] as never)
      await setTimeout(60_000, undefined, { signal: signal ?? stays() }).catch(() => {
        aborted = true
      })
    }, stays())
    await events.next()
    await events.return(undefined)
    await setTimeout(1)
    expect(aborted).toBe(true)
  })
})
