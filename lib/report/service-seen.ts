import { z } from 'zod'

const sinceStart = z.number().int().describe('ms from the start of the program until it was seen')

/** What came of trying a port of a service. */
export const seenPort = z.object({
  port: z.number().int(),
  path: z.string().optional().describe('asked for with an HTTP GET; 2xx and 3xx are answers'),
  answered: z.boolean(),
  status: z.number().int().optional().describe('of the answer, or of the last one that did not count'),
  address: z.string().optional().describe('where it answered: 127.0.0.1 or ::1'),
  afterMs: sinceStart.optional(),
  listening: z.array(z.string()).describe('where something listened at the end: 0.0.0.0:8080'),
  problem: z.string().optional().describe('why it could not be tried'),
})

/** What the engine said of the image’s own health check. */
export const seenHealth = z.object({
  status: z.enum(['none', 'starting', 'healthy', 'unhealthy', 'unknown']).describe('none: it has none'),
  afterMs: sinceStart.optional(),
  exitCode: z.number().int().optional().describe('of the last try'),
  output: z.string().optional().describe('of the last try, the end of it; foreign text'),
  problem: z.string().optional().describe('why it could not be asked for'),
})

/** What was seen of a service while it ran, as far as it was asked for. */
export const serviceSeen = z.object({ port: seenPort.optional(), health: seenHealth.optional() })

/** What was seen of a service while it ran. */
export type ServiceSeen = z.infer<typeof serviceSeen>
export type SeenPort = z.infer<typeof seenPort>
export type SeenHealth = z.infer<typeof seenHealth>

/** A service that answers on the loopback alone: nobody outside its container reaches it. */
export function isLoopbackOnly({ port, answered, listening }: SeenPort): boolean {
  const places = listening.filter((place) => place.endsWith(`:${port}`))
  return answered && places.length > 0 && places.every((place) => /^(127\.|\[::1\])/.test(place))
}
