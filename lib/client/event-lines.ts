/** An event of a stream, as it was sent. */
export interface SentEvent {
  readonly event: string
  readonly data: string
}

/** A line of an answer may hold this many characters; an answer is one line. */
const LINE_MAX_CHARS = 256 << 20

/**
 * Events of a `text/event-stream`, as they arrive. Comments, which keep a connection alive, come as events of no name.
 * Throws a `RangeError` for a line without end.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* eventLines(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  const decoder = new TextDecoder()
  let parts: string[] = []
  let waitingChars = 0
  let event = 'message'
  let data: string[] = []
  for await (const bytes of chunksOf(body)) {
    const [first = '', ...lines] = decoder.decode(bytes, { stream: true }).split('\n')
    parts.push(first)
    waitingChars += first.length
    if (waitingChars > LINE_MAX_CHARS) throw new RangeError('A line of the event stream has no end.')
    for (const next of lines) {
      const line = parts.join('').replace(/\r$/, '')
      parts = [next]
      waitingChars = next.length
      if (line === '') {
        if (data.length > 0) yield { event, data: data.join('\n') }
        event = 'message'
        data = []
      } else if (line.startsWith(':')) yield { event: '', data: '' }
      else if (line.startsWith('event:')) event = line.slice(6).trim()
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
  }
}

/** Some browsers cannot iterate a stream. Leaving early gives the connection up. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => {})
  }
}
