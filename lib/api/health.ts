import { z } from 'zod'

/** Answer of `GET /api/health`: the server is up and its data folder is usable. */
export const healthResponse = z.object({ status: z.literal('ok') })
