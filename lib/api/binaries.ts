import { z } from 'zod'
import { contentsBase, contentsQuery, wholeLayers } from './image-contents.ts'

const binaryKind = z.enum([
  'elf',
  'broken-elf',
  'script',
  'broken-script',
  'pe',
  'mach-o',
  'java-class',
  'wasm',
])

/** Query of `GET /api/v1/images/binaries`. */
export const binariesQuery = contentsQuery.extend({
  kind: binaryKind.optional(),
  whole: wholeLayers,
})

/** A file that a kernel, or a runtime, would execute or load. */
export const binaryDto = z.object({
  path: z.string(),
  kind: binaryKind,
  layer: z.number().int(),
  sizeBytes: z.number(),
  hardLinkTo: z.string().optional(),
  machine: z.string().optional().describe('of ELF: “PowerPC, 64-bit, little-endian, ELFv2”'),
  agrees: z
    .enum(['matches', 'differs', 'unknown'])
    .optional()
    .describe('of ELF: whether it is one for the image’s platform'),
  type: z.enum(['relocatable', 'executable', 'shared', 'core', 'other']).optional(),
  interpreter: z.string().optional().describe('the loader an ELF names, or what a script starts'),
  interpreterPath: z
    .string()
    .optional()
    .describe('where links lead it within the image; absent when it is not there'),
  argument: z.string().optional(),
  needed: z.array(z.string()).optional(),
  soname: z.string().optional(),
  maxAlignBytes: z.number().optional(),
  isaLevel: z.number().int().optional().describe('x86-64-v1 to v4'),
  buildId: z.string().optional(),
  partial: z
    .boolean()
    .optional()
    .describe('only its first bytes were read: `needed`, `soname` and `go` were not looked for'),
  go: z
    .object({
      version: z.string(),
      path: z.string().optional(),
      settings: z.record(z.string(), z.string()),
    })
    .optional(),
  reason: z.string().optional().describe('what is broken about it'),
})
export type BinaryDto = z.infer<typeof binaryDto>

/** Answer of `GET /api/v1/images/binaries`: in path order. */
export const binariesResponse = contentsBase.extend({
  machines: z
    .array(
      z.object({ machine: z.string(), agrees: z.enum(['matches', 'differs', 'unknown']), count: z.number() }),
    )
    .describe('ELF files by architecture, the most frequent first; hard links counted once'),
  binaries: z.array(binaryDto),
})
export type BinariesResponse = z.infer<typeof binariesResponse>
