import { z } from 'zod'
import { readLayerDto } from './image-contents.ts'
import { problemDto } from './parts.ts'

/** Platforms of one matrix at most. */
export const MATRIX_PLATFORMS_MAX = 16

/** Query of `GET /api/v1/images/matrix`. */
export const matrixQuery = z.object({
  ref: z.string().min(1),
  platform: z
    .array(z.string().min(1))
    .max(MATRIX_PLATFORMS_MAX)
    .default([])
    .describe(`which platforms; may be repeated; without it the first ${MATRIX_PLATFORMS_MAX} of the index`),
  depth: z
    .enum(['registry', 'files'])
    .default('files')
    .describe('registry: configs alone, no layer is downloaded'),
})

const row = z.object({
  state: z
    .enum(['differs', 'expected', 'same'])
    .describe('expected: as another architecture or build makes it'),
  values: z.array(z.string().nullable()).describe('by platform; null: not there, or nobody could look'),
  agreement: z
    .array(z.number().int().nullable())
    .describe('by platform: equal numbers agree, 0 is the most frequent; null as in `values`'),
})
const configRowDto = row.extend({
  field: z.string(),
  key: z.string().optional().describe('the variable, label, port or volume'),
})

const packageRowDto = row.extend({ type: z.string(), name: z.string() })

const matrixPlatformDto = z.object({
  platform: z.string(),
  digest: z.string(),
  sizeBytes: z.number().optional().describe('compressed'),
  complete: z.boolean().describe('its config and, where they were asked for, all its layers could be read'),
  problem: problemDto.optional().describe('why nothing of it could be read'),
  layers: z.array(readLayerDto).optional(),
})
export type MatrixPlatformDto = z.infer<typeof matrixPlatformDto>

const counts = z.object({
  differs: z.number().int(),
  expected: z.number().int(),
  same: z.number().int(),
})

/** Answer of `GET /api/v1/images/matrix`: all platforms of one index at once. What differs comes first. */
export const matrixResponse = z.object({
  reference: z.string(),
  pinned: z.string().describe('by the digest of what the reference means'),
  digest: z.string(),
  platforms: z.array(matrixPlatformDto),
  leftOut: z.array(z.string()).describe('platforms there are and nobody looked at: there are too many'),
  summary: z.object({
    text: z.string(),
    config: counts,
    packages: counts.optional(),
  }),
  config: z.array(configRowDto),
  packages: z.array(packageRowDto).optional(),
  complete: z.boolean(),
})
export type MatrixResponse = z.infer<typeof matrixResponse>
