import { gunzipSync } from 'node:zlib'
import { type BuiltLayer, layerOf } from './layer.ts'
import { readLayout, sampleLayoutFolder } from './layout.ts'
import { type SampleLayers, sampleArchitectures } from './sample-release.ts'

/** The runnable layers of the committed sample image. */
export async function readSampleLayers(): Promise<SampleLayers> {
  const index = await readLayout(sampleLayoutFolder, 'latest')
  const layerFor = (architecture: string): BuiltLayer => {
    const child = index.children.find((image) => image.platform?.architecture === architecture)
    const layer = child?.blobs[1]
    if (layer === undefined) throw new Error(`The sample has no layer for ${architecture}`)
    return layerOf(gunzipSync(layer.bytes), layer.bytes)
  }
  return Object.fromEntries(sampleArchitectures.map((name) => [name, layerFor(name)])) as SampleLayers
}
