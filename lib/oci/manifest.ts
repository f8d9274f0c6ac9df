import { z } from 'zod'
import { AppError } from '#lib/errors/app-error.ts'
import { type Digest, isDigest } from './digest.ts'
import { bareMediaType, isImageConfig, type ManifestKind, MEDIA_TYPE, manifestKindOf } from './media-type.ts'
import type { Platform } from './platform.ts'

/** A pointer to content. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly sizeBytes: number
  /** As stated, not normalised. */
  readonly platform?: Platform
  readonly annotations: Readonly<Record<string, string>>
  readonly artifactType?: string
}

interface ManifestBase {
  readonly mediaType: string
  readonly annotations: Readonly<Record<string, string>>
  readonly subject?: Descriptor
  readonly artifactType?: string
}

/** An OCI image index or a Docker manifest list. */
export interface IndexManifest extends ManifestBase {
  readonly kind: 'index'
  readonly children: readonly Descriptor[]
}

/** One image's manifest, or an artifact's in the same form. */
export interface ImageManifest extends ManifestBase {
  readonly kind: 'image'
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
}

/** What a manifest request can bring. */
export type Manifest = IndexManifest | ImageManifest

/** How large and how deep a foreign manifest may be. */
export const MANIFEST_LIMITS = {
  manifestBytes: 4 << 20,
  configBytes: 8 << 20,
  children: 1_000,
  depth: 4,
} as const

const text = z.string().max(4_096)
const strings = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((map) =>
    Object.fromEntries(
      Object.entries(map ?? {}).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])),
    ),
  )

const platformSchema = z
  .object({
    os: text.nullish(),
    architecture: text.nullish(),
    variant: text.nullish(),
    'os.version': text.nullish(),
  })
  .nullish()
  .transform((raw): Platform | undefined => {
    if (!raw || (!raw.os && !raw.architecture)) return undefined
    return {
      os: raw.os ?? '',
      architecture: raw.architecture ?? '',
      ...(raw.variant ? { variant: raw.variant } : {}),
      ...(raw['os.version'] ? { osVersion: raw['os.version'] } : {}),
    }
  })

const descriptorSchema = z
  .object({
    mediaType: text.nullish(),
    digest: z.string().refine(isDigest, 'not a sha256 or sha512 digest'),
    size: z.number().int().nonnegative(),
    platform: platformSchema,
    annotations: strings,
    artifactType: text.nullish(),
  })
  .transform(
    (raw): Descriptor => ({
      mediaType: raw.mediaType ?? '',
      digest: raw.digest,
      sizeBytes: raw.size,
      annotations: raw.annotations,
      ...(raw.platform ? { platform: raw.platform } : {}),
      ...(raw.artifactType ? { artifactType: raw.artifactType } : {}),
    }),
  )

const baseShape = {
  schemaVersion: z.literal(2).nullish(),
  mediaType: text.nullish(),
  annotations: strings,
  artifactType: text.nullish(),
  subject: descriptorSchema.nullish(),
}
const indexSchema = z.object({ ...baseShape, manifests: z.array(descriptorSchema).nullish() })
const imageSchema = z.object({
  ...baseShape,
  config: descriptorSchema,
  layers: z.array(descriptorSchema).nullish(),
})

/**
 * Decodes verified manifest bytes. The kind is decided by Content-Type, then the body's `mediaType`, then its shape.
 * Throws `manifest_invalid`, `manifest_unsupported` (schema 1), `index_too_large`, `manifest_too_large`.
 */
export function decodeManifest(bytes: Uint8Array, contentType: string | undefined, what: string): Manifest {
  if (bytes.byteLength > MANIFEST_LIMITS.manifestBytes) throw tooLarge(what)
  const body = parseObject(bytes, what)
  const kind = decideKind(body, contentType, what)
  const stated = typeof body.mediaType === 'string' ? body.mediaType : undefined
  const mediaType = bareMediaType(stated ?? statedContentType(contentType) ?? defaultMediaType(kind))
  if (kind === 'schema1') {
    throw new AppError('manifest_unsupported', `${what} is a Docker schema 1 manifest, retired since 2017.`, {
      hint: 'Push the image again with a current tool; it then gets a schema 2 or OCI manifest.',
    })
  }
  return kind === 'index' ? decodeIndex(body, mediaType, what) : decodeImage(body, mediaType, what)
}

/** Whether the manifest describes something other than a container image (a chart, a signature, a report …). */
export function isArtifact(manifest: Manifest): boolean {
  if (manifest.artifactType !== undefined) return true
  return (
    manifest.kind === 'image' && manifest.config.mediaType !== '' && !isImageConfig(manifest.config.mediaType)
  )
}

/** Compressed bytes a client downloads for an image: its layers and its config. */
export function compressedSizeBytes(manifest: ImageManifest): number {
  return manifest.layers.reduce((sum, layer) => sum + layer.sizeBytes, manifest.config.sizeBytes)
}

function decideKind(
  body: Record<string, unknown>,
  contentType: string | undefined,
  what: string,
): ManifestKind {
  const fromHeader = manifestKindOf(contentType)
  const fromBody = typeof body.mediaType === 'string' ? manifestKindOf(body.mediaType) : undefined
  if (fromHeader && fromBody && fromHeader !== fromBody) {
    throw broken(what, `its Content-Type says ${fromHeader}, its mediaType ${fromBody}`)
  }
  if (body.schemaVersion === 1) return 'schema1'
  const fromShape = Array.isArray(body.manifests) ? 'index' : body.config !== undefined ? 'image' : undefined
  const kind = fromHeader ?? fromBody ?? fromShape
  if (kind === undefined) throw broken(what, 'it is neither an index nor an image manifest')
  return kind
}

function decodeIndex(body: unknown, mediaType: string, what: string): IndexManifest {
  const raw = check(indexSchema, body, what)
  const children = raw.manifests ?? []
  if (children.length > MANIFEST_LIMITS.children) {
    throw new AppError(
      'index_too_large',
      `${what} lists ${children.length} children; Archway reads ${MANIFEST_LIMITS.children} at most.`,
    )
  }
  return { kind: 'index', mediaType, children, ...base(raw) }
}

function decodeImage(body: unknown, mediaType: string, what: string): ImageManifest {
  const raw = check(imageSchema, body, what)
  return { kind: 'image', mediaType, config: raw.config, layers: raw.layers ?? [], ...base(raw) }
}

function base(raw: z.infer<typeof indexSchema> | z.infer<typeof imageSchema>) {
  return {
    annotations: raw.annotations,
    ...(raw.subject ? { subject: raw.subject } : {}),
    ...(raw.artifactType ? { artifactType: raw.artifactType } : {}),
  }
}

function check<T extends z.ZodType>(schema: T, body: unknown, what: string): z.infer<T> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw broken(
    what,
    issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'its shape is not a manifest’s',
  )
}

function parseObject(bytes: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new AppError('manifest_invalid', `${what} is not JSON.`, { cause, hint: 'See the raw manifest.' })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(what, 'it is not a JSON object')
  return value as Record<string, unknown>
}

function statedContentType(contentType: string | undefined): string | undefined {
  return manifestKindOf(contentType) ? contentType : undefined
}

function defaultMediaType(kind: ManifestKind): string {
  return kind === 'index' ? MEDIA_TYPE.ociIndex : MEDIA_TYPE.ociManifest
}

function broken(what: string, reason: string): AppError {
  return new AppError('manifest_invalid', `${what} is broken: ${reason}.`, { hint: 'See the raw manifest.' })
}

function tooLarge(what: string): AppError {
  return new AppError('manifest_too_large', `${what} is larger than 4 MiB, the limit for manifests.`)
}
