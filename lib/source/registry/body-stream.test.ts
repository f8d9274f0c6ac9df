import { expect, it } from 'vitest'
import { BodyStream, type StreamControl } from './body-stream.ts'

const still: StreamControl = { pause() {}, resume() {}, stop() {} }

/** Copies of what comes: a chunk is gone once the next one is asked for. */
async function textOf(stream: BodyStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += Buffer.from(chunk).toString()
  return text
}

it('goes on where all the rest comes while it is resumed', async () => {
  let paused = 0
  const stream = new BodyStream({
    ...still,
    pause: () => paused++,
    resume() {
      stream.push(Buffer.from('end'))
      stream.end()
    },
  })
  for (let at = 0; at < 20; at++) stream.push(Buffer.from(`${at} `))
  expect(await textOf(stream)).toMatch(/^0 1 2 .* 19 end$/)
  expect(paused).toBe(1)
})

it('gives back what a chunk has for itself, and only when the next one is asked for', async () => {
  const own = new Uint8Array(100_000).fill(65)
  const shared = new Uint8Array(100_000)
  const stream = new BodyStream(still)
  stream.push(own)
  stream.push(shared.subarray(1))
  stream.end()
  const chunks = stream[Symbol.asyncIterator]()
  expect((await chunks.next()).value?.byteLength).toBe(100_000)
  expect(own.byteLength).toBe(100_000)
  await chunks.next()
  expect(own.byteLength).toBe(0)
  await chunks.next()
  expect(shared.byteLength).toBe(100_000)
})
