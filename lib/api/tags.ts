import { z } from 'zod'
import { problemDto, quotaDto } from './parts.ts'
import { lastRunDto } from './runs.ts'

/** Query of `GET /api/v1/tags`. */
export const tagsQuery = z.object({
  repository: z.string().min(1),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(64).optional(),
  q: z.string().max(256).optional().describe('only tags whose name contains this text'),
  missing: z.string().optional().describe('only tags without this platform'),
  platform: z.string().optional().describe('only tags with this platform'),
  sort: z.enum(['version', 'name']).default('version'),
  order: z.enum(['desc', 'asc']).default('desc').describe('desc: newest version first'),
  group: z
    .stringbool()
    .default(false)
    .describe('nest TAG-ARCH tags under their TAG and leave referrers fallback tags out'),
  wait: z.stringbool().default(true).describe('wait until the page is resolved, 30 s at most'),
  refresh: z.stringbool().default(false).describe('ask the registry again, whatever is cached'),
})
export type TagsQuery = z.infer<typeof tagsQuery>

const tagState = z.enum(['resolved', 'pending', 'failed'])

/** A `TAG-ARCH` tag beside the index it was joined into. */
export const archTagDto = z.object({
  name: z.string(),
  platform: z.string(),
  state: tagState,
  digest: z.string().optional(),
  /** Whether the index of TAG points at what this tag is now; absent while either is unknown. */
  listed: z.boolean().optional(),
})
export type ArchTagDto = z.infer<typeof archTagDto>

/** One tag. `platforms` is what the index claims, or what a single image's config says. */
export const tagDto = z.object({
  name: z.string(),
  state: tagState,
  digest: z.string().optional(),
  kind: z.enum(['index', 'image', 'artifact']).optional(),
  platforms: z.array(z.string()),
  sizeBytes: z.number().optional().describe('compressed, all platforms together'),
  sizes: z.record(z.string(), z.number()).optional().describe('compressed bytes per platform'),
  created: z.string().optional(),
  aliases: z.array(z.string()).optional().describe('other tags of the same digest'),
  archTags: z.array(archTagDto).optional(),
  lastRun: lastRunDto.optional().describe('of this very digest'),
  checkedAt: z.iso.datetime().optional().describe('when the registry last said that the tag is this digest'),
  error: problemDto.optional(),
})
export type TagDto = z.infer<typeof tagDto>

/** A stretch of releases without a platform that the release before had. */
export const lossDto = z.object({
  platform: z.string(),
  lostAt: z.string(),
  backAt: z.string().optional(),
})

/** What the whole repository looks like, as far as it is resolved. */
export const tagsSummaryDto = z.object({
  total: z.number().int().describe('tags, without referrers fallback tags'),
  resolved: z.number().int(),
  failed: z.number().int(),
  listing: z.enum(['listing', 'resolving', 'complete', 'paused', 'failed']),
  problem: problemDto.optional().describe('why listing failed or resolving paused'),
  platformCounts: z.record(z.string(), z.number().int()).describe('tags that have the platform'),
  newest: z.object({ name: z.string(), created: z.string().optional() }).optional(),
  ribbon: z.object({
    platforms: z.array(z.string()),
    releases: z.array(z.object({ tag: z.string(), state: tagState, platforms: z.array(z.string()) })),
    omitted: z.number().int().describe('older releases left out of the picture'),
  }),
  losses: z.array(lossDto),
  fallbackTags: z.object({ count: z.number().int(), names: z.array(z.string()) }),
  quota: quotaDto.optional(),
  warnings: z.array(z.string()),
  listedAt: z.iso.datetime().optional(),
})
export type TagsSummaryDto = z.infer<typeof tagsSummaryDto>

/** Answer of `GET /api/v1/tags`. */
export const tagsResponse = z.object({
  repository: z.string(),
  tags: z.array(tagDto),
  matching: z.number().int().describe('tags that pass the filters, over all pages'),
  nextCursor: z.string().optional(),
  complete: z.boolean().describe('every tag of this page is resolved or failed'),
  summary: tagsSummaryDto,
})
export type TagsResponse = z.infer<typeof tagsResponse>

/** Query of `GET /api/v1/tags/details`: sizes and times of the rows in view. */
export const tagDetailsQuery = z.object({
  repository: z.string().min(1),
  tag: z.array(z.string().min(1)).min(1).max(60),
})
export const tagDetailsResponse = z.object({ repository: z.string(), tags: z.array(tagDto) })
export type TagDetailsResponse = z.infer<typeof tagDetailsResponse>

/** Query of `GET /api/v1/tags/events`. */
export const tagEventsQuery = z.object({ repository: z.string().min(1) })
