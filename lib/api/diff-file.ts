import { z } from 'zod'
import { diffSideDto, diffSides, fileAspects, fileSideDto } from './diff.ts'

/** Query of `GET /api/v1/diff/file`: one path of two images. */
export const fileDiffQuery = z.object({
  ...diffSides,
  path: z.string().min(1).max(4_096).describe('as on the second side, or else on the first'),
  context: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(3)
    .describe('equal lines around each difference'),
})

const hunkDto = z.object({
  fromStart: z.number().int().describe('counted from 1; the line before where the hunk has none of it'),
  fromCount: z.number().int(),
  toStart: z.number().int(),
  toCount: z.number().int(),
  lines: z
    .array(z.string())
    .describe('each after a space, - or +; \\ says that the line before has no line feed'),
})
export type HunkDto = z.infer<typeof hunkDto>

/** The text of both sides, line by line, or why it is not told. */
const fileTextDto = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same') }).describe('the same content, byte for byte'),
  z.object({
    kind: z.literal('unified'),
    hunks: z.array(hunkDto),
    fromLines: z.number().int().describe('of the whole text'),
    toLines: z.number().int(),
    addedLines: z.number().int(),
    removedLines: z.number().int(),
    isRough: z.boolean().describe('too unlike to be aligned in full: a long part counts as replaced'),
    omittedLines: z.number().int().describe('left out at the end, beyond 20,000'),
  }),
  z.object({
    kind: z.literal('not-shown'),
    cause: z
      .enum(['not-a-file', 'binary', 'too-large', 'unavailable'])
      .describe('unavailable: a layer could not be read again; the rest is no failure'),
    reason: z.string().describe('of which side, in words'),
  }),
])
export type FileTextDto = z.infer<typeof fileTextDto>

/** One side: which image, and what lies at the path there. */
const fileDiffSideDto = diffSideDto.extend({ file: fileSideDto.optional().describe('absent: nothing') })

/** Answer of `GET /api/v1/diff/file`. A side that has nothing at the path is an empty text. */
export const fileDiffResponse = z.object({
  axis: z.enum(['platforms', 'references']),
  path: z.string(),
  change: z.enum(['same', 'added', 'removed', 'changed']),
  aspects: fileAspects,
  folded: z.string().optional().describe('why the difference is expected'),
  from: fileDiffSideDto,
  to: fileDiffSideDto,
  text: fileTextDto,
  complete: z.boolean().describe('every layer could be read; else a path may only seem to be absent'),
})
export type FileDiffResponse = z.infer<typeof fileDiffResponse>
