import { z } from 'zod'
import { FOLD_REASONS } from '#lib/diff/diff-side.ts'
import { fileDto } from './files.ts'
import { layerDto } from './image.ts'
import { readLayerDto, wholeLayers } from './image-contents.ts'

/** Which two sides are compared. */
export const diffSides = {
  from: z.string().min(1),
  to: z.string().min(1).optional().describe('another reference; without it the same'),
  fromPlatform: z.string().optional(),
  toPlatform: z.string().optional().describe('without it the same as fromPlatform'),
}

/** Query of `GET /api/v1/diff`. Two platforms of one reference, or the same platform of two, or two whole indexes. */
export const diffQuery = z.object({
  ...diffSides,
  depth: z
    .enum(['registry', 'files'])
    .default('files')
    .describe('registry: configs and layers alone, no layer is downloaded'),
  whole: wholeLayers,
  unfold: z
    .array(z.enum([...FOLD_REASONS, 'all']))
    .default([])
    .describe('show what is folded away for this reason; may be repeated; all'),
  limit: z.coerce.number().int().min(0).max(10_000).default(1_000).describe('of files'),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'is none that an answer gave')
    .optional()
    .describe('of files, as nextCursor gave it'),
})
export type DiffQuery = z.input<typeof diffQuery>

/** One image of the comparison. */
export const diffSideDto = z.object({
  reference: z.string(),
  pinned: z.string().describe('by the digest of what the reference means'),
  digest: z
    .string()
    .describe('of the platform’s own manifest; of the index where whole indexes are compared'),
  platform: z.string().optional(),
  sizeBytes: z.number().optional().describe('compressed'),
  layers: z.array(readLayerDto).optional().describe('which could be read, where they were looked into'),
})
export type DiffSideDto = z.infer<typeof diffSideDto>

const change = z.enum(['added', 'removed', 'changed'])

/** A difference of the configs. */
export const configChangeDto = z.object({
  field: z.string(),
  key: z.string().optional().describe('the variable, label, port or volume'),
  change,
  from: z.string().optional(),
  to: z.string().optional(),
  folded: z.string().optional().describe('why it is expected'),
})
export type ConfigChangeDto = z.infer<typeof configChangeDto>

/** Two layers side by side, or one alone. */
export const layerPairDto = z.object({
  relation: z.enum(['shared', 'same-command', 'only-from', 'only-to']),
  from: layerDto.optional(),
  to: layerDto.optional(),
})
export type LayerPairDto = z.infer<typeof layerPairDto>

/** What lies at a path on one side. */
export const fileSideDto = fileDto.extend({
  program: z.string().optional().describe('of ELF: x86-64, 64-bit, little-endian'),
})
export type FileSideDto = z.infer<typeof fileSideDto>

/** What differs of a path that both sides have. */
export const fileAspects = z.array(z.enum(['type', 'content', 'mode', 'owner', 'link', 'unhashed', 'path']))

/** A path that is not the same on both sides. */
export const fileChangeDto = z.object({
  path: z.string(),
  change,
  aspects: fileAspects,
  from: fileSideDto.optional(),
  to: fileSideDto.optional(),
  folded: z.string().optional(),
})
export type FileChangeDto = z.infer<typeof fileChangeDto>

/** A package that is not the same on both sides. */
export const packageChangeDto = z.object({
  type: z.string(),
  name: z.string().describe('with its architecture where that is a foreign one: libc6:i386'),
  fromName: z.string().optional().describe('as the first side spells it, where that is otherwise'),
  change,
  from: z.string().optional(),
  to: z.string().optional(),
  folded: z.string().optional(),
})

const binariesDto = z.object({
  counts: z.array(z.object({ kind: z.string(), count: z.number().int(), matches: z.boolean() })),
  foreign: z.array(
    z.object({
      path: z.string(),
      found: z.string(),
      isOnPath: z.boolean(),
      exempt: z
        .string()
        .optional()
        .describe('why it harms nobody; such programs are folded away (exempt-binary) unless asked for'),
    }),
  ),
})
export type BinariesDto = z.infer<typeof binariesDto>

/** What should not differ and does. */
export const highlightDto = z.object({
  kind: z.enum([
    'foreign-binary',
    'shared-base',
    'other-revision',
    'packages-one-side',
    'version-skew',
    'config-drift',
    'files-one-side',
    'files-differ',
  ]),
  severity: z.enum(['error', 'warning', 'info']),
  text: z.string(),
})
export type HighlightDto = z.infer<typeof highlightDto>

/** A platform of two indexes. */
export const coverageRowDto = z.object({
  platform: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  change: z.enum(['same', 'changed', 'added', 'removed']),
})
export type CoverageRowDto = z.infer<typeof coverageRowDto>

/** Answer of `GET /api/v1/diff`. Whole indexes have `coverage` alone; two images have all the rest. */
export const diffResponse = z.object({
  axis: z.enum(['platforms', 'references', 'indexes']),
  from: diffSideDto,
  to: diffSideDto,
  summary: z.object({
    text: z.string().describe('what a person reads in five seconds'),
    highlights: z.array(highlightDto).describe('heaviest first'),
    isAcrossArchitectures: z.boolean(),
  }),
  coverage: z.array(coverageRowDto).optional(),
  config: z.object({ changes: z.array(configChangeDto), sameCount: z.number().int() }).optional(),
  layers: z.array(layerPairDto).optional(),
  files: z.array(fileChangeDto).optional(),
  filesTotal: z.number().int().optional().describe('over all pages, folded ones apart'),
  filesSame: z.number().int().optional(),
  nextCursor: z.string().optional(),
  packages: z.array(packageChangeDto).optional(),
  packagesSame: z.number().int().optional(),
  binaries: z.object({ from: binariesDto, to: binariesDto }).optional(),
  folded: z.record(z.string(), z.number().int()).describe('how many differences are folded away, by reason'),
  complete: z
    .boolean()
    .describe('every layer could be read; else files, packages and binaries of some are missing'),
})
export type DiffResponse = z.infer<typeof diffResponse>
