import { describe, expect, it } from 'vitest'
import { SingleFlight } from './single-flight.ts'

describe('SingleFlight', () => {
  it('does the work once for all who ask meanwhile, and again afterwards', async () => {
    const flights = new SingleFlight<number>()
    const gate = Promise.withResolvers<void>()
    let started = 0
    const work = async () => {
      started++
      await gate.promise
      return started
    }
    const both = Promise.all([flights.run('a', undefined, work), flights.run('a', undefined, work)])
    expect(flights.has('a')).toBe(true)
    gate.resolve()
    expect(await both).toEqual([1, 1])
    expect(flights.has('a')).toBe(false)
    expect(await flights.run('a', undefined, work)).toBe(2)
  })

  it('passes a failure to everybody and forgets it', async () => {
    const flights = new SingleFlight<number>()
    const fail = () => Promise.reject(new Error('no'))
    await expect(flights.run('a', undefined, fail)).rejects.toThrow('no')
    await expect(flights.run('a', undefined, async () => 1)).resolves.toBe(1)
  })

  it('lets one caller leave without the others, and aborts the work after the last', async () => {
    const flights = new SingleFlight<number>()
    const [first, second] = [new AbortController(), new AbortController()]
    const gate = Promise.withResolvers<number>()
    let workSignal: AbortSignal | undefined
    const start = (signal: AbortSignal) => {
      workSignal = signal
      return gate.promise
    }
    const one = flights.run('a', first.signal, start)
    const two = flights.run('a', second.signal, start)
    first.abort()
    await expect(one).rejects.toMatchObject({ code: 'cancelled' })
    expect(workSignal?.aborted).toBe(false)
    second.abort()
    await expect(two).rejects.toMatchObject({ code: 'cancelled' })
    expect(workSignal?.aborted).toBe(true)
    expect(flights.has('a')).toBe(false)
  })

  it('starts nothing for a caller who has already left', async () => {
    const flights = new SingleFlight<number>()
    const late = flights.run('a', AbortSignal.abort(), async () => 1)
    await expect(late).rejects.toMatchObject({ code: 'cancelled' })
    expect(flights.has('a')).toBe(false)
  })
})
