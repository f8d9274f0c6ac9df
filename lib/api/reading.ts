import { z } from 'zod'

/**
 * How far the reading of layers is. Calls that look into layers send it as `progress` events, then `answer` or
 * `problem`, to whoever accepts `text/event-stream`.
 */
export const readingProgress = z.object({
  layers: z.number().int().describe('to be read, those that several images share once'),
  layersDone: z.number().int(),
  sizeBytes: z.number().describe('of all layers, compressed'),
  readBytes: z.number().describe('compressed; layers that are known already count as read'),
  entries: z.number().int().describe('found so far in layers that are read now'),
})
export type ReadingProgress = z.infer<typeof readingProgress>
