import { describe, expect, it } from 'vitest'
import { eventLines } from './event-lines.ts'

// Guarantee: events are the same however the network cuts them.

async function read(text: string, pieceBytes: number) {
  const bytes = new TextEncoder().encode(text)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceBytes)
        controller.enqueue(bytes.slice(at, at + pieceBytes))
      controller.close()
    },
  })
  return Array.fromAsync(eventLines(body))
}

describe('eventLines', () => {
  const text =
    'retry: 3000\n\n: still here\n\nid: 4\nevent: progress\ndata: {"é":1}\n\nevent: answer\r\ndata: a\r\ndata: b\r\n\r\ndata: plain\n\n'

  it.each([1, 2, 7, 1_000])('reads pieces of %i bytes', async (pieceBytes) =>
    expect(await read(text, pieceBytes)).toEqual([
      { event: '', data: '' },
      { event: 'progress', data: '{"é":1}' },
      { event: 'answer', data: 'a\nb' },
      { event: 'message', data: 'plain' },
    ]),
  )

  it('gives nothing of an event that is cut off', async () =>
    expect(await read('event: answer\ndata: {"half":', 5)).toEqual([]))
})
