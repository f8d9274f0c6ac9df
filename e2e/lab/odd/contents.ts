import { buildLayer } from '#e2e/lab/layer.ts'
import { sampleArchitectures, sampleEpochSeconds } from '#e2e/lab/sample-release.ts'
import type { Oddity } from './oddity.ts'

/** Images whose labels, configs and binaries do not agree. */
export const oddContents = {
  'config-mismatch': {
    says: 'the index says linux/ppc64le, the config of that child says linux/amd64',
    build: (kit) => {
      const [amd64, arm64, , s390x] = kit.images()
      const ppc64le = kit.image('ppc64le', { configFields: { architecture: 'amd64' } })
      return { manifest: kit.index(amd64, arm64, ppc64le, s390x) }
    },
  },
  'wrong-binary': {
    says: 'index and config say linux/ppc64le, /app is an x86-64 binary',
    build: (kit) => {
      const [amd64, arm64, , s390x] = kit.images()
      return { manifest: kit.index(amd64, arm64, kit.image('ppc64le', { binary: 'amd64' }), s390x) }
    },
  },
  'shared-base': {
    says: 'every architecture has the same first layer, and no binaries are in it',
    build: (kit) => {
      const base = buildLayer([
        { path: 'etc', type: 'directory', mtimeSeconds: sampleEpochSeconds },
        { path: 'etc/base-release', content: 'base 1\n', mtimeSeconds: sampleEpochSeconds },
      ])
      const images = sampleArchitectures.map((architecture) => {
        const { layers } = kit.image(architecture)
        return kit.image(architecture, { layers: [base, ...layers] })
      })
      return { manifest: kit.index(...images) }
    },
  },
  'pinned-base': {
    says: 'every architecture has the same first layer, and it holds an x86-64 binary',
    build: (kit) => {
      const base = kit.image('amd64').layers.slice(0, 1)
      const images = sampleArchitectures.map((architecture) => {
        const { layers } = kit.image(architecture)
        return kit.image(architecture, { layers: [...base, ...layers] })
      })
      return { manifest: kit.index(...images) }
    },
  },
  'version-skew': {
    says: 'the version label of linux/ppc64le is 0.9.9, elsewhere it is 1.0.0',
    build: (kit) => {
      const [amd64, arm64, , s390x] = kit.images()
      const config = { Labels: { 'org.opencontainers.image.version': '0.9.9' } }
      return { manifest: kit.index(amd64, arm64, kit.image('ppc64le', { config }), s390x) }
    },
  },
} as const satisfies Readonly<Record<string, Oddity>>
