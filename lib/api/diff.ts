import { z } from 'zod'
import { FOLD_CODES } from '#lib/diff/model.ts'
import { contentsBase } from './image-contents.ts'

const STANDARD_LIMIT = 1_000
const LIMIT_MAX = 20_000

const shownFolds = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((code) => code !== ''))
  .pipe(z.array(z.enum(FOLD_CODES)))
  .describe(`folds to leave out, with commas between: ${FOLD_CODES.join(', ')}`)

/** Query of `GET /api/v1/diff`. */
export const diffQuery = z.object({
  from: z.string().min(1).describe('a reference'),
  fromPlatform: z.string().min(1).optional(),
  to: z.string().min(1).optional().describe('the same reference when absent'),
  toPlatform: z.string().min(1).optional(),
  show: shownFolds,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMIT_MAX)
    .default(STANDARD_LIMIT)
    .describe('files in the answer; the summary counts them all'),
})

const fileState = z.object({
  path: z.string(),
  type: z.string(),
  sizeBytes: z.number(),
  mode: z.string().describe('octal, e.g. “0755”'),
  uid: z.number(),
  gid: z.number(),
  layer: z.number().int(),
  linkTarget: z.string().optional(),
  sha256: z.string().optional(),
})

const binaryState = z.object({
  path: z.string(),
  kind: z.string(),
  machine: z.string().optional(),
  agrees: z.enum(['matches', 'differs', 'unknown']).optional().describe('with its own side’s platform'),
  linkage: z.enum(['static', 'dynamic', 'unread']).optional(),
  needed: z.array(z.string()).optional(),
})

const side = contentsBase.extend({ reference: z.string() })

/** Answer of `GET /api/v1/diff`: `from` and `to` name what each side has; absent where it has nothing. */
export const diffResponse = z.object({
  from: side,
  to: side,
  complete: z.boolean().describe('all layers of both sides could be read'),
  summary: z.object({
    isSame: z.boolean().describe('nothing differs but what is folded'),
    sameFiles: z.number().int(),
    samePackages: z.number().int(),
    files: z.object({ added: z.number().int(), removed: z.number().int(), changed: z.number().int() }),
    highlights: z.array(
      z.object({
        kind: z.enum([
          'wrong-architecture',
          'packages-on-one-side',
          'files-on-one-side',
          'version-skew',
          'config-drift',
          'revision-differs',
          'shared-base',
        ]),
        count: z.number().int(),
        examples: z.array(z.string()),
      }),
    ),
  }),
  config: z.array(
    z.object({
      field: z.string(),
      key: z.string().optional(),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
  ),
  layers: z.array(
    z.object({
      relation: z.enum(['shared', 'changed', 'from-only', 'to-only']),
      from: z.number().int().optional(),
      to: z.number().int().optional(),
    }),
  ),
  files: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      aspects: z.array(z.enum(['type', 'content', 'mode', 'owner', 'link', 'xattrs'])),
      from: fileState.optional(),
      to: fileState.optional(),
    }),
  ),
  packages: z.array(
    z.object({ type: z.string(), name: z.string(), from: z.string().optional(), to: z.string().optional() }),
  ),
  binaries: z.array(
    z.object({
      path: z.string(),
      concerns: z.array(z.enum(['wrong-architecture', 'other-kind', 'other-linkage', 'other-libraries'])),
      from: binaryState.optional(),
      to: binaryState.optional(),
    }),
  ),
  folded: z.array(z.object({ code: z.enum(FOLD_CODES), count: z.number().int() })),
})
export type DiffResponse = z.infer<typeof diffResponse>
