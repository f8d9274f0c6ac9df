import { writeDockerArchive } from '#lib/engine/docker-archive.ts'
import type { LoadRequest } from '#lib/engine/engine.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type Descriptor, type ImageManifest, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'

/** A layer is held in memory as a whole while it goes out, one at a time. */
const LAYER_LIMIT_BYTES = 256 << 20

/**
 * An image of a source as an engine loads it. Nothing is read but the config until the engine asks for the archive.
 * Throws what the source throws; the archive throws `image_load_failed` at a layer that is too large.
 */
export async function layoutArchive(
  source: ImageSource,
  { config, layers }: ImageManifest,
  options: CallOptions,
): Promise<LoadRequest> {
  const archive = writeDockerArchive({
    configDigest: config.digest,
    config: await source.getBlob(config, MANIFEST_LIMITS.configBytes, options),
    layers: layers.map((layer) => ({
      digest: layer.digest,
      sizeBytes: layer.sizeBytes,
      read: () => readLayer(source, layer, options),
    })),
  })
  return { configDigest: config.digest, archive }
}

async function readLayer(source: ImageSource, layer: Descriptor, options: CallOptions): Promise<Uint8Array> {
  if (layer.sizeBytes <= LAYER_LIMIT_BYTES) return source.getBlob(layer, LAYER_LIMIT_BYTES, options)
  throw new AppError(
    'image_load_failed',
    `A layer of ${Math.round(layer.sizeBytes / 1e6)} MB is too large to be loaded from a layout.`,
    { hint: 'Push the image to a registry; the engine can pull it from there.' },
  )
}
