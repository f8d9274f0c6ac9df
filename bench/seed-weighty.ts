import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { type BuiltLayer, layerOf } from '#e2e/lab/layer.ts'
import type { LabRegistry } from '#e2e/lab/registry.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { readSampleLayers } from '#e2e/lab/sample-layers.ts'
import { sampleArchitectures } from '#e2e/lab/sample-release.ts'
import { pushTag, type SeededTag } from '#e2e/lab/seeded.ts'
import { writeTar } from '#e2e/lab/tar.ts'

/**
 * Pushes the sample as `bench/REPOSITORY:1` with `ballastMegabytes` of bytes that do not compress in a layer of their
 * own for each platform, as the parts of a real image that differ by platform.
 */
export async function seedWeighty(
  registry: LabRegistry,
  repository: string,
  ballastMegabytes: number,
): Promise<SeededTag> {
  const programs = await readSampleLayers()
  const children = sampleArchitectures.map((architecture) => ({
    manifest: buildImage({
      architecture,
      layers: [
        ...(ballastMegabytes > 0 ? [ballast(architecture, ballastMegabytes)] : []),
        programs[architecture],
      ],
      config: { User: '65532:65532', Entrypoint: ['/app'] },
    }),
  }))
  return pushTag(openRepository(registry, `bench/${repository}`), '1', buildIndex({ children }))
}

/** The same bytes each time: SHAKE256 of the architecture's name. */
function ballast(architecture: string, megabytes: number): BuiltLayer {
  const content = createHash('shake256', { outputLength: megabytes * 1e6 })
    .update(architecture)
    .digest()
  const archive = writeTar([{ path: 'ballast', mode: 0o644, content }])
  return layerOf(archive, gzipSync(archive, { level: 1 }))
}
