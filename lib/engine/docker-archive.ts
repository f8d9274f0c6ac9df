import { AppError } from '#lib/errors/app-error.ts'
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

const BLOCK_BYTES = 512
/** Eleven octal digits. */
const ENTRY_MAX_BYTES = 8 ** 11 - 1

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
  yield* entry('manifest.json', Buffer.from(JSON.stringify(listing)))
  yield* entry(configName, image.config)
  for (const [name, layer] of layers) {
    yield header(name, layer.sizeBytes)
    const bytes = layer.read()
    if (bytes instanceof Promise) yield await bytes
    else yield* bytes
    yield padding(layer.sizeBytes)
  }
  yield Buffer.alloc(2 * BLOCK_BYTES)
}

function* entry(name: string, bytes: Uint8Array): Generator<Uint8Array> {
  yield header(name, bytes.byteLength)
  yield bytes
  yield padding(bytes.byteLength)
}

function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1)
}

function padding(sizeBytes: number): Uint8Array {
  return Buffer.alloc((BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES)
}

/** A POSIX ustar header; the names here are short. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
function header(name: string, sizeBytes: number): Uint8Array {
  if (name.length > 100 || sizeBytes > ENTRY_MAX_BYTES) {
    throw new AppError('image_load_failed', `A layer of ${sizeBytes} bytes is too large to be loaded.`, {
      hint: 'Push the image to a registry; the engine can pull it from there.',
    })
  }
  const block = Buffer.alloc(BLOCK_BYTES)
  const octal = (value: number, offset: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1')
  block.write(name, 0, 'latin1')
  octal(0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(sizeBytes, 124, 12)
  octal(0, 136, 12)
  block.fill(' ', 148, 156)
  block.write('0', 156, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  const checksum = block.reduce((sum, byte) => sum + byte, 0)
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}
