import { z } from 'zod'
import { MATRIX_MARKS, MATRIX_STATES } from '#lib/diff/matrix-row.ts'
import { readLayerDto } from './image-contents.ts'
import { problemDto } from './parts.ts'

/** Platforms of one matrix at most. */
export const MATRIX_PLATFORMS_MAX = 16
/** Packages of one answer at most. */
export const MATRIX_PACKAGES_MAX = 20_000

/** Query of `GET /api/v1/matrix`. */
export const matrixQuery = z.object({
  ref: z.string().min(1),
  platform: z
    .array(z.string().min(1))
    .max(MATRIX_PLATFORMS_MAX)
    .default([])
    .describe(`which platforms; may be repeated; without it the first ${MATRIX_PLATFORMS_MAX} there are`),
  show: z.enum(['differs', 'all']).default('differs').describe('differs: only rows that are not alike'),
  depth: z
    .enum(['registry', 'files'])
    .default('files')
    .describe('registry: configs alone, no layer is downloaded'),
})

const row = z.object({
  state: z
    .enum(MATRIX_STATES)
    .describe(
      'unknown: alike as far as anybody could look; expected: alike but for what another architecture or build must make',
    ),
  values: z
    .array(z.string().nullable())
    .describe('by platform; null where it is not there, or nobody could look'),
  marks: z
    .array(z.enum(MATRIX_MARKS))
    .describe(
      'by platform; other: another value than most, or there is no most; only: one or few have it; missing: half of them or more have it; absent: not there, as on most; unseen: nobody could look',
    ),
})

const configRowDto = row.extend({
  field: z.string(),
  key: z.string().optional().describe('the variable, label, port or volume'),
})

const packageRowDto = row.extend({
  type: z.string(),
  name: z.string().describe('{arch} stands where platforms spell the name of the architecture in it'),
})

const matrixPlatformDto = z.object({
  platform: z.string(),
  digest: z.string(),
  sizeBytes: z.number().optional().describe('compressed'),
  layerCount: z.number().int().optional(),
  complete: z
    .boolean()
    .describe(
      'its config and, where they were asked for, all its layers and package databases could be read',
    ),
  problem: problemDto.optional().describe('why nothing of it could be read'),
  layers: z.array(readLayerDto).optional().describe('where they were looked into'),
  unreadDatabases: z
    .array(z.object({ type: z.string(), path: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .describe('package databases that could not be read, or not all of them'),
  binaries: z
    .object({
      counts: z.array(z.object({ kind: z.string(), count: z.number().int(), matches: z.boolean() })),
      foreign: z.number().int().describe('programs that this processor cannot execute'),
    })
    .optional()
    .describe('its ELF files by what they are built for, most first'),
})
export type MatrixPlatformDto = z.infer<typeof matrixPlatformDto>

const leftOutDto = z.object({
  platform: z.string().optional().describe('absent where nothing says which'),
  digest: z.string(),
  reason: z
    .enum(['not-asked', 'too-many', 'shadowed', 'no-platform', 'unread'])
    .describe(
      'shadowed: clients take another entry of the same platform, which comes first; unread: a nested index',
    ),
})
export type LeftOutDto = z.infer<typeof leftOutDto>

const counts = z.object({
  differs: z.number().int(),
  unknown: z.number().int(),
  expected: z.number().int(),
  same: z.number().int(),
})

/** Answer of `GET /api/v1/matrix`: all platforms of one index at once. What differs comes first. */
export const matrixResponse = z.object({
  reference: z.string(),
  pinned: z.string().describe('by the digest of what the reference means'),
  digest: z.string(),
  platforms: z.array(matrixPlatformDto).describe('the order of `values` and `marks`'),
  leftOut: z.array(leftOutDto).describe('images there are, and nobody looked at here'),
  summary: z.object({
    text: z.string().describe('what a person reads in five seconds'),
    config: counts,
    packages: counts.optional(),
  }),
  config: z.array(configRowDto),
  packages: z.array(packageRowDto).optional(),
  packagesLeftOut: z.number().int().optional().describe(`beyond the first ${MATRIX_PACKAGES_MAX}`),
  complete: z.boolean().describe('all of the platforms above, and of nested indexes, could be looked at'),
})
export type MatrixResponse = z.infer<typeof matrixResponse>
