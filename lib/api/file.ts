import { z } from 'zod'
import { fileDto } from './files.ts'
import { contentsBase, contentsQuery } from './image-contents.ts'

/** Files larger than this are not shown. */
export const FILE_CONTENT_LIMIT_BYTES = 256 << 10

/** Query of `GET /api/v1/images/file`. */
export const fileQuery = contentsQuery.extend({
  path: z.string().min(1).max(4_096).describe('links are followed, within the image'),
})

/** What is in a file, or why it is not told. */
const fileContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().describe('UTF-8, its hash compared') }),
  z.object({ kind: z.literal('binary') }).describe('no text'),
  z.object({ kind: z.literal('too-large'), limitBytes: z.number().int() }),
  z.object({ kind: z.literal('not-a-file') }),
  z.object({ kind: z.literal('unavailable'), reason: z.string() }),
])
export type FileContentDto = z.infer<typeof fileContent>

/** Answer of `GET /api/v1/images/file`. */
export const fileResponse = contentsBase.extend({
  file: fileDto.describe('where links led'),
  content: fileContent,
})
export type FileResponse = z.infer<typeof fileResponse>
