import { buildArtifact } from '#e2e/lab/artifact.ts'
import { blobOf } from '#e2e/lab/blob.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { Oddity } from './oddity.ts'

const chart = buildArtifact({
  config: blobOf('application/vnd.cncf.helm.config.v1+json', Buffer.from('{"name":"lab","version":"1.0.0"}')),
  layers: [blobOf('application/vnd.cncf.helm.chart.content.v1.tar+gzip', Buffer.from('not really a chart'))],
})

/** Manifests whose own shape is unusual. */
export const oddShapes = {
  sparse: {
    says: 'the linux/ppc64le child is listed, and is not in the registry',
    build: (kit) => {
      const images = kit.images()
      return { manifest: kit.index(...images), deleted: [images[2]] }
    },
  },
  'no-media-type': {
    says: 'neither the index nor its children name their media type in the body',
    build: (kit) => ({
      manifest: buildIndex({
        children: kit.images({ manifestFields: { mediaType: undefined } }),
        fields: { mediaType: undefined },
      }),
    }),
  },
  'extra-fields': {
    says: 'index, descriptors and manifests carry fields that no specification knows',
    build: (kit) => ({
      manifest: buildIndex({
        children: kit
          .images({ manifestFields: { 'lab.unknown': { nested: [1, null] } } })
          .map((manifest) => ({ manifest, fields: { 'lab.unknown': true } })),
        fields: { 'lab.unknown': 'value' },
      }),
    }),
  },
  nested: {
    says: 'the index holds linux/amd64 and an index of the other three',
    build: (kit) => {
      const [amd64, ...others] = kit.images()
      return { manifest: kit.index(amd64, kit.index(...others)) }
    },
  },
  single: {
    says: 'a plain linux/amd64 image where an index is expected',
    build: (kit) => ({ manifest: kit.image('amd64') }),
  },
  'docker-single': {
    says: 'a plain linux/ppc64le image with the media types of Docker schema 2',
    build: (kit) => ({ manifest: kit.image('ppc64le', { dialect: 'docker' }) }),
  },
  'docker-list': {
    says: 'a Docker manifest list of Docker images',
    build: (kit) => ({
      manifest: buildIndex({ dialect: 'docker', children: kit.images({ dialect: 'docker' }) }),
    }),
  },
  'mixed-docker-oci': {
    says: 'an OCI index; linux/ppc64le and linux/s390x are Docker schema 2 images',
    build: (kit) => {
      const [amd64, arm64] = kit.images()
      const docker = { dialect: 'docker' } as const
      return { manifest: kit.index(amd64, arm64, kit.image('ppc64le', docker), kit.image('s390x', docker)) }
    },
  },
  'empty-index': {
    says: 'an index without children',
    build: (kit) => ({ manifest: kit.index() }),
  },
  artifact: {
    says: 'a Helm chart, not an image',
    build: () => ({ manifest: chart }),
  },
  'artifact-index': {
    says: 'an index of artifacts only',
    build: (kit) => {
      const bundle = buildArtifact({
        artifactType: 'application/vnd.archway.lab.bundle',
        layers: [blobOf('text/plain', Buffer.from('bundle'))],
      })
      return { manifest: kit.index(bundle, chart) }
    },
  },
  'unknown-child-type': {
    says: 'beside four images a child of a media type that nobody knows',
    build: (kit) => ({
      manifest: buildIndex({
        children: [
          ...kit.images(),
          { manifest: chart, fields: { mediaType: 'application/vnd.archway.lab.unknown.v1+json' } },
        ],
      }),
    }),
  },
  'wrong-size': {
    says: 'the descriptor of linux/ppc64le gives a size that is not the size of its manifest',
    build: (kit) => {
      const children = kit.images().map((manifest) => ({
        manifest,
        ...(manifest.platform.architecture === 'ppc64le' && { fields: { size: manifest.size + 1 } }),
      }))
      return { manifest: buildIndex({ children }) }
    },
  },
} as const satisfies Readonly<Record<string, Oddity>>
