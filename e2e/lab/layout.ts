import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type BuiltBlob, blobOf, descriptorOf, type Fields } from './blob.ts'
import type { BuiltManifest, WirePlatform } from './manifest.ts'
import { mediaTypes } from './media-type.ts'

/** The folder of the committed sample image. */
export const sampleLayoutFolder = path.resolve(import.meta.dirname, '../../samples/multiarch-app/layout')

interface WireDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly platform?: WirePlatform
  readonly annotations?: Readonly<Record<string, string>>
}

const refName = 'org.opencontainers.image.ref.name'

/** Writes an OCI image layout with one tagged entry, in place of what the folder held. */
export async function writeLayout(folder: string, manifest: BuiltManifest, tag: string): Promise<void> {
  const blobFolder = path.join(folder, 'blobs', 'sha256')
  await rm(folder, { recursive: true, force: true })
  await mkdir(blobFolder, { recursive: true })
  const blobs = new Map(everyBlob(manifest).map((blob) => [blob.digest.slice('sha256:'.length), blob.bytes]))
  await Promise.all([...blobs].map(([hex, bytes]) => writeFile(path.join(blobFolder, hex), bytes)))
  await writeJson(path.join(folder, 'oci-layout'), { imageLayoutVersion: '1.0.0' })
  await writeJson(path.join(folder, 'index.json'), {
    schemaVersion: 2,
    mediaType: mediaTypes.oci.index,
    manifests: [{ ...descriptorOf(manifest), annotations: { [refName]: tag } }],
  })
}

/** Reads the manifest of a tag with all that hangs on it. Throws when the layout has no such tag. */
export async function readLayout(folder: string, tag: string): Promise<BuiltManifest> {
  const index = JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8'))
  const descriptors: readonly WireDescriptor[] = index.manifests
  const found = descriptors.find((descriptor) => descriptor.annotations?.[refName] === tag)
  if (found === undefined) throw new Error(`No ${tag} in the layout ${folder}`)
  return readManifest(folder, found)
}

async function readManifest(folder: string, descriptor: WireDescriptor): Promise<BuiltManifest> {
  const blob = await readBlob(folder, descriptor)
  const body: {
    readonly manifests?: readonly WireDescriptor[]
    readonly config?: WireDescriptor
    readonly layers?: readonly WireDescriptor[]
  } = JSON.parse(blob.bytes.toString())
  const parts = [...(body.config === undefined ? [] : [body.config]), ...(body.layers ?? [])]
  return {
    ...blob,
    ...(descriptor.platform !== undefined && { platform: descriptor.platform }),
    blobs: await Promise.all(parts.map((part) => readBlob(folder, part))),
    children: await Promise.all((body.manifests ?? []).map((child) => readManifest(folder, child))),
  }
}

async function readBlob(folder: string, descriptor: WireDescriptor): Promise<BuiltBlob> {
  const [algorithm = '', hex = ''] = descriptor.digest.split(':')
  const blob = blobOf(descriptor.mediaType, await readFile(path.join(folder, 'blobs', algorithm, hex)))
  if (blob.digest !== descriptor.digest)
    throw new Error(`${folder}: the bytes of ${descriptor.digest} are others`)
  return blob
}

function everyBlob(manifest: BuiltManifest): BuiltBlob[] {
  return [manifest, ...manifest.blobs, ...manifest.children.flatMap(everyBlob)]
}

async function writeJson(file: string, value: Fields): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`)
}
