import { z } from 'zod'
import { acceptedDto, findingDto, platformDto, problemDto, quotaDto, unjudgedDto } from './parts.ts'
import { lastRunDto } from './runs.ts'

/** What a config says of the process it starts. */
export const imageConfigDto = z.object({
  platform: z.string().describe('canonical; “unknown/unknown” when the config names none'),
  rawPlatform: z.string(),
  agrees: z.boolean().describe('the index and the config mean the same platform'),
  created: z.string().optional(),
  entrypoint: z.array(z.string()),
  cmd: z.array(z.string()),
  user: z.string(),
  env: z.array(z.string()),
  workingDir: z.string(),
  exposedPorts: z.array(z.string()),
  volumes: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  stopSignal: z.string().optional(),
  healthcheck: z.array(z.string()).optional(),
})
export type ImageConfigDto = z.infer<typeof imageConfigDto>

export const layerDto = z.object({
  digest: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  diffId: z.string().optional().describe('of the unpacked layer, as the config states it'),
  createdBy: z.string().optional().describe('the history line that made it'),
  created: z.string().optional(),
})
export type LayerDto = z.infer<typeof layerDto>

/** A history step; `layer` is the position in `layers`, absent for steps that only change the config. */
export const historyDto = z.object({
  createdBy: z.string().optional(),
  created: z.string().optional(),
  comment: z.string().optional(),
  layer: z.number().int().optional(),
})

export const presence = z.enum(['present', 'missing', 'unauthorised', 'unknown'])

/** One platform of an image: what the index says beside what the config says. */
export const imagePlatformDto = platformDto.extend({
  key: z.string().describe('unique text within the image: adds os.version'),
  rawPlatform: z.string().optional().describe('as the index states it; absent where it states none'),
  digest: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().optional().describe('compressed: layers and config'),
  presence,
  problem: problemDto.optional().describe('why it could not be read'),
  config: imageConfigDto.optional(),
  configDigest: z.string().optional(),
  layers: z.array(layerDto),
  history: z.array(historyDto),
  annotations: z.record(z.string(), z.string()),
  nestedIn: z.string().optional().describe('digest of the nested index that lists it'),
  shadowed: z
    .boolean()
    .optional()
    .describe('an earlier entry of the same platform wins; clients never pick this one'),
})
export type ImagePlatformDto = z.infer<typeof imagePlatformDto>

export const attestationDto = z.object({
  digest: z.string(),
  subject: z.string().optional().describe('digest of the image it describes'),
  predicateTypes: z.array(z.string()),
  form: z.enum(['buildkit', 'artifact']),
  inIndex: z.boolean(),
  presence,
})
export type AttestationDto = z.infer<typeof attestationDto>

export const referrerDto = z.object({
  digest: z.string(),
  subject: z.string(),
  artifactType: z.string().optional(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  annotations: z.record(z.string(), z.string()),
  via: z.enum(['api', 'tag']),
})
export type ReferrerDto = z.infer<typeof referrerDto>

/** A child of an index that is neither a platform nor an attestation. */
export const otherChildDto = z.object({
  digest: z.string(),
  mediaType: z.string(),
  artifactType: z.string().optional(),
  sizeBytes: z.number(),
  reason: z.enum(['index', 'artifact', 'unclassified']),
  platform: z.string().optional(),
  problem: problemDto.optional(),
})

/** Answer of `GET /api/v1/images`. */
export const imageResponse = z.object({
  reference: z.string().describe('as asked, canonical'),
  pinned: z.string().describe('the same by digest: stays true when the tag moves'),
  repository: z.string(),
  tag: z.string().optional(),
  digest: z.string(),
  mediaType: z.string(),
  kind: z.enum(['index', 'image', 'artifact']),
  artifactType: z.string().optional(),
  created: z.string().optional().describe('newest of the platforms'),
  annotations: z.record(z.string(), z.string()),
  platforms: z.array(imagePlatformDto),
  attestations: z.array(attestationDto),
  referrers: z.array(referrerDto),
  referrersProblem: problemDto.optional(),
  others: z.array(otherChildDto),
  artifactLayers: z.array(layerDto).optional().describe('files of an artifact'),
  findings: z.array(findingDto),
  accepted: z.array(acceptedDto).optional().describe('found, and accepted by an exception of archway.yaml'),
  checked: z.array(z.string()).optional().describe('ids of the checks that looked, with or without finding'),
  unjudged: z.array(unjudgedDto).optional().describe('what checks could not look at'),
  checkedAt: z.iso.datetime().describe('when the registry last said that the tag is this digest'),
  quota: quotaDto.optional(),
  warnings: z.array(z.string()),
  lastRun: lastRunDto.optional().describe('of this very digest'),
})
export type ImageResponse = z.infer<typeof imageResponse>

export const imageQuery = z.object({
  ref: z.string().min(1),
  checks: z
    .enum(['own', 'all', 'layers'])
    .default('own')
    .describe(
      'all: also those that ask for other tags and SBOM documents, 10 s at most; layers: these and those that read the layers of every platform, 5 minutes at most',
    ),
})

/** Query of `GET /api/v1/images/manifest`. */
export const manifestQuery = z.object({ ref: z.string().min(1) })
