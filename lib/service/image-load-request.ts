import { writeDockerArchive } from '#lib/engine/docker-archive.ts'
import type { LoadRequest } from '#lib/engine/engine.ts'
import { type ImageManifest, MANIFEST_LIMITS } from '#lib/oci/manifest.ts'
import type { CallOptions, ImageSource } from '#lib/source/image-source.ts'

/** A layer is held in memory while it is handed over; larger images belong into a registry. */
const LAYER_MAX_BYTES = 512 << 20

/**
 * An image that no registry has (an OCI layout's) in the form in which an engine loads it. Blobs are verified by the
 * source and read one after the other, and only when the engine lacks the image.
 */
export function imageLoadRequest(
  source: ImageSource,
  manifest: ImageManifest,
  options: CallOptions = {},
): LoadRequest {
  return { configDigest: manifest.config.digest, archive: archive(source, manifest, options) }
}

async function* archive(source: ImageSource, manifest: ImageManifest, options: CallOptions) {
  yield* writeDockerArchive({
    configDigest: manifest.config.digest,
    config: await source.getBlob(manifest.config, MANIFEST_LIMITS.configBytes, options),
    layers: manifest.layers.map((layer) => ({
      digest: layer.digest,
      sizeBytes: layer.sizeBytes,
      read: () => source.getBlob(layer, LAYER_MAX_BYTES, options),
    })),
  })
}
