import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { z } from 'zod'
import { connectionError, wrongAnswer } from './connection-error.ts'
import type { DockerApi } from './docker-api.ts'
import { ENGINE_LIMITS } from './limits.ts'

/** One line of the stream that a pull or a load answers with. `error` comes after a status of 200. */
export type EngineEvent = z.infer<typeof eventSchema>

const eventSchema = z.object({
  status: z.string().optional(),
  stream: z.string().optional(),
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).nullish(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).nullish(),
})

/** The events of a stream of JSON lines, as they come. Throws `engine_protocol` for a line that is none. */
export async function* readEvents(
  api: DockerApi,
  body: Readable,
  signal?: AbortSignal,
): AsyncGenerator<EngineEvent, void, undefined> {
  const decoder = new StringDecoder()
  let rest = ''
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > ENGINE_LIMITS.eventBytes) throw wrongAnswer(api.address, 'an event without an end')
      for (const line of lines) if (line.trim() !== '') yield parseEvent(api, line)
    }
  } catch (error) {
    throw connectionError(error, api.address, signal)
  }
  if (rest.trim() !== '') yield parseEvent(api, rest)
}

/** The engine's words for what went wrong, if this event says so. */
export function eventError(event: EngineEvent): string | undefined {
  return event.errorDetail?.message ?? event.error
}

function parseEvent(api: DockerApi, line: string): EngineEvent {
  try {
    return eventSchema.parse(JSON.parse(line))
  } catch (error) {
    throw wrongAnswer(api.address, 'an event that is not JSON', error)
  }
}
