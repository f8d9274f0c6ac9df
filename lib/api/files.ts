import { z } from 'zod'
import { contentsBase, contentsQuery } from './image-contents.ts'
import { FILE_TYPES } from './match-file.ts'

/** Answers hold this many entries where nothing else is asked. */
const STANDARD_LIMIT = 1_000
const LIMIT_MAX = 20_000

/** Query of `GET /api/v1/images/files`. */
export const filesQuery = contentsQuery.extend({
  prefix: z.string().optional().describe('a path, with all below it'),
  depth: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('no more than so many levels below the prefix; 1: what lies in the folder itself'),
  around: z
    .string()
    .optional()
    .describe('a path; with `depth`, also what lies in the folders that lead to it'),
  q: z.string().optional().describe('a text anywhere in the path, whatever its case'),
  type: z
    .enum(FILE_TYPES)
    .optional()
    .describe('`links`: symbolic, and other names of a file; `setuid`: or setgid'),
  layer: z.coerce.number().int().min(0).optional().describe('brought by this layer, a position in `layers`'),
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
  below: z
    .object({
      paths: z.number().int(),
      sizeBytes: z.number().describe('other names of the same file left out'),
    })
    .optional()
    .describe('of a folder, all that lies below it, where `depth` was asked'),
})

/** Answer of `GET /api/v1/images/files`: in path order. */
export const filesResponse = contentsBase.extend({
  paths: z.number().int().describe('entries of the whole image'),
  total: z.number().int().describe('entries that are asked for, on all pages'),
  entries: z.array(fileDto),
  nextCursor: z.string().optional(),
})
export type FilesResponse = z.infer<typeof filesResponse>
