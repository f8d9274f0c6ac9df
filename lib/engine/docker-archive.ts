import { AppError } from '#lib/errors/app-error.ts'
import {
  archiveEnd,
  MEMBER_LIMIT_BYTES,
  memberHeader,
  memberPadding,
  writeMember,
} from '#lib/image/tar/write-member.ts'
import type { Digest } from '#lib/oci/digest.ts'

/** One layer, compressed or not, as its manifest lists it. */
export interface ArchiveLayer {
  readonly digest: Digest
  readonly sizeBytes: number
  /** Its bytes, verified; read once. */
  read(): AsyncIterable<Uint8Array> | Promise<Uint8Array>
}

/** One image, with everything an engine needs to load it. */
export interface ArchiveImage {
  readonly configDigest: Digest
  /** The config's bytes, verified. */
  readonly config: Uint8Array
  readonly layers: readonly ArchiveLayer[]
}

/**
 * The image as `docker save` writes it, without a name: an engine then knows it by its id alone. Layers stay compressed
 * as they are; they flow through one by one. Throws `image_load_failed` for a layer of 8 GiB or more.
 * https://github.com/moby/moby/blob/v27.0.0/image/spec/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export async function* writeDockerArchive(image: ArchiveImage): AsyncGenerator<Uint8Array, void, undefined> {
  const configName = `${hexOf(image.configDigest)}.json`
  const layers = new Map(image.layers.map((layer) => [`${hexOf(layer.digest)}.tar`, layer]))
  const listing = [
    { Config: configName, RepoTags: null, Layers: image.layers.map(({ digest }) => `${hexOf(digest)}.tar`) },
  ]
  yield* writeMember('manifest.json', Buffer.from(JSON.stringify(listing)))
  yield* writeMember(configName, image.config)
  for (const [name, layer] of layers) {
    yield header(name, layer.sizeBytes)
    const bytes = layer.read()
    if (bytes instanceof Promise) yield await bytes
    else yield* bytes
    yield memberPadding(layer.sizeBytes)
  }
  yield archiveEnd()
}

function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1)
}

/** Names are short: they are hashes. */
function header(name: string, sizeBytes: number): Uint8Array {
  if (sizeBytes > MEMBER_LIMIT_BYTES) {
    throw new AppError('image_load_failed', `A layer of ${sizeBytes} bytes is too large to be loaded.`, {
      hint: 'Push the image to a registry; the engine can pull it from there.',
    })
  }
  return memberHeader(name, sizeBytes)
}
