import { z } from 'zod'
import { problemDto } from './parts.ts'

/** Query of every call about what is in one image. */
export const contentsQuery = z.object({
  ref: z.string().min(1),
  platform: z.string().min(1).optional().describe('may be left out where the image has one platform only'),
})

/** For answers that a table of contents can give in part: have the layers read nevertheless. */
export const wholeLayers = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional()
  .describe('true: read the layers’ bytes also where a table of contents would do')

/** A layer of the image, whether it could be read, and what is odd about it. */
export const readLayerDto = z.object({
  digest: z.string(),
  sizeBytes: z.number().describe('compressed'),
  state: z.enum(['read', 'failed']),
  basis: z
    .enum(['bytes', 'table'])
    .optional()
    .describe(
      '`table`: by the table of contents the layer brings (eStargz, zstd:chunked), whose digest the manifest’s annotation vouches for: paths, attributes and hashes are its word; programs and packages come from parts of the layer, files read whole verified against its hashes, first bytes of others as they came. The layer’s own digest and diffID were not verified',
    ),
  unlookedFiles: z
    .number()
    .int()
    .optional()
    .describe(
      'with `table`: files that nobody looked into, being neither executable nor named like code nor a package database',
    ),
  compression: z.enum(['none', 'gzip', 'zstd']).optional(),
  unpackedBytes: z.number().optional(),
  entries: z.number().int().optional(),
  notes: z
    .array(z.object({ code: z.string(), path: z.string() }))
    .describe('oddities that are no reason to refuse the layer, the first hundred'),
  problem: problemDto.optional().describe('why it could not be read; the rest is shown without it'),
})

/** What every answer about one image's content begins with. */
export const contentsBase = z.object({
  platform: z.string(),
  digest: z.string().describe('of the image’s manifest'),
  complete: z.boolean().describe('all layers could be read'),
  layers: z.array(readLayerDto).describe('the lowest first; `layer` elsewhere is a position in this list'),
})
export type ContentsBase = z.infer<typeof contentsBase>
