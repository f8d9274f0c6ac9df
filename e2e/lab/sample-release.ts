import { type BuiltImage, buildImage } from './image.ts'
import { buildIndex } from './index-manifest.ts'
import type { BuiltLayer } from './layer.ts'
import type { BuiltManifest } from './manifest.ts'

/** The architectures of the sample, in the order Archway shows them. */
export const sampleArchitectures = ['amd64', 'arm64', 'ppc64le', 's390x'] as const

/** One of the sample's architectures (all `linux`). */
export type SampleArchitecture = (typeof sampleArchitectures)[number]

/** The sample's layer for each architecture. */
export type SampleLayers = Readonly<Record<SampleArchitecture, BuiltLayer>>

/** The release that `samples/multiarch-app/layout` holds. */
export const sampleVersion = '1.27.0'

/** When that release was made, in seconds since 1970: 2026-09-15 12:00 UTC (SOURCE_DATE_EPOCH). */
export const sampleEpochSeconds = Date.UTC(2026, 8, 15, 12) / 1_000

/** One architecture of one release. */
export function buildSampleImage(
  layers: SampleLayers,
  architecture: SampleArchitecture,
  version: string,
  epochSeconds: number,
): BuiltImage {
  const created = new Date(epochSeconds * 1_000).toISOString()
  return buildImage({
    architecture,
    layers: [layers[architecture]],
    config: {
      User: '65532:65532',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Entrypoint: ['/app'],
      WorkingDir: '/',
      Labels: labelsOf(version),
    },
    configFields: {
      created,
      history: [{ created, created_by: 'COPY app /app', comment: 'samples/multiarch-app/build.ts' }],
    },
  })
}

/** A release: an index of one image for each architecture. */
export function buildSampleRelease(
  layers: SampleLayers,
  version: string,
  epochSeconds: number,
  architectures: readonly SampleArchitecture[] = sampleArchitectures,
): BuiltManifest {
  const children = architectures.map((architecture) =>
    buildSampleImage(layers, architecture, version, epochSeconds),
  )
  return buildIndex({ children, annotations: labelsOf(version) })
}

function labelsOf(version: string): Readonly<Record<string, string>> {
  return {
    'org.opencontainers.image.title': 'multiarch-app',
    'org.opencontainers.image.description': 'Says on which architecture it runs, and ends',
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.source': 'https://archway.example/samples/multiarch-app',
    'org.opencontainers.image.licenses': 'Apache-2.0',
  }
}
