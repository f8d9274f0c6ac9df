import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { blobOf } from '#e2e/lab/blob.ts'
import { type BuiltImage, buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { BuiltLayer } from '#e2e/lab/layer.ts'
import { mediaTypes } from '#e2e/lab/media-type.ts'
import type { LabRegistry } from '#e2e/lab/registry.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { pushTag, type SeededTag } from '#e2e/lab/seeded.ts'
import { systemLayer } from './system-layer.ts'

/** Two whole systems in a registry, and the files they were pushed from. */
export interface SeededSystems extends SeededTag {
  readonly layers: Readonly<Record<'amd64' | 'ppc64le', string>>
}

/** Pushes `bench/systems:1`, a Debian system of one layer for linux/amd64 and linux/ppc64le; undefined without them. */
export async function seedSystems(registry: LabRegistry, folder: string): Promise<SeededSystems | undefined> {
  const amd64 = await systemLayer('amd64', folder)
  const ppc64le = await systemLayer('ppc64el', folder)
  if (amd64 === undefined || ppc64le === undefined) return undefined
  const children: BuiltImage[] = []
  for (const [architecture, file] of Object.entries({ amd64, ppc64le })) {
    children.push(buildImage({ architecture, layers: [await layerOfFile(file)] }))
  }
  const tag = await pushTag(openRepository(registry, 'bench/systems'), '1', buildIndex({ children }))
  return { ...tag, layers: { amd64, ppc64le } }
}

async function layerOfFile(file: string): Promise<BuiltLayer> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), createGunzip(), hash)
  return { ...blobOf(mediaTypes.oci.layer, await readFile(file)), diffId: `sha256:${hash.digest('hex')}` }
}
