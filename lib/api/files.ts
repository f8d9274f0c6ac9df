import { z } from 'zod'
import { contentsBase, contentsQuery } from './image-contents.ts'

/** Answers hold this many entries where nothing else is asked. */
const STANDARD_LIMIT = 1_000
const LIMIT_MAX = 20_000

/** Query of `GET /api/v1/images/files`. */
export const filesQuery = contentsQuery.extend({
  prefix: z.string().optional().describe('a path, with all below it'),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(STANDARD_LIMIT),
  cursor: z.string().optional(),
})

/** One path of the merged file system. */
export const fileDto = z.object({
  path: z.string().describe('without a leading slash'),
  type: z.enum(['file', 'directory', 'symlink', 'character-device', 'block-device', 'fifo']),
  mode: z.string().describe('octal, e.g. “0755”'),
  uid: z.number(),
  gid: z.number(),
  sizeBytes: z.number(),
  linkTarget: z.string().optional(),
  hardLinkTo: z.string().optional().describe('this is another name of that path’s file'),
  sha256: z.string().optional().describe('hex'),
  layer: z.number().int(),
})

/** Answer of `GET /api/v1/images/files`: in path order. */
export const filesResponse = contentsBase.extend({
  total: z.number().int().describe('entries below the prefix, on all pages'),
  entries: z.array(fileDto),
  nextCursor: z.string().optional(),
})
export type FilesResponse = z.infer<typeof filesResponse>
