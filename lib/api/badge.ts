import { z } from 'zod'

/** Query of `GET /api/v1/badge`. */
export const badgeQuery = z.object({
  ref: z
    .string()
    .min(1)
    .max(4_096)
    .describe(
      'a tag; a digest, whose badge never goes stale by moving; or a repository: its latest, else the tag that was run last',
    ),
  platform: z.string().max(200).optional().describe('without it the image as a whole'),
  format: z
    .enum(['svg', 'shields'])
    .default('svg')
    .describe('shields: JSON for the endpoint badge of shields.io'),
})
export type BadgeQuery = z.infer<typeof badgeQuery>

/** What an endpoint badge of shields.io is made of. */
export const shieldsBadge = z.object({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.string(),
})
export type ShieldsBadge = z.infer<typeof shieldsBadge>
