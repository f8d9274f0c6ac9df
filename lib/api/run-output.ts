import { z } from 'zod'
import { outputPartDto, runJobDto } from './runs.ts'

/** Query of `GET /api/v1/runs/ID/output`. */
export const runOutputQuery = z.object({
  platform: z.string().min(1).max(200),
  cursor: z.string().max(64).optional().describe('of an answer before: only what came since'),
})
export type RunOutputQuery = z.infer<typeof runOutputQuery>

/** Answer of `GET /api/v1/runs/ID/output`. Foreign text: its control sequences are still in it. */
export const runOutputDto = z.object({
  platform: z.string(),
  state: runJobDto.shape.state,
  continues: z
    .boolean()
    .describe(
      '`parts` follow those of the answer before; else they are everything: another attempt has begun',
    ),
  parts: z.array(outputPartDto),
  cursor: z.string(),
  limitBytes: z.number().int().describe('what is written beyond is not kept'),
  isFull: z.boolean(),
})
export type RunOutputDto = z.infer<typeof runOutputDto>
