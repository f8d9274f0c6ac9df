import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { sampleArchitectures } from '#e2e/lab/sample-release.ts'
import type { Oddity } from './oddity.ts'

const windowsVersions = ['10.0.17763.6659', '10.0.20348.2966', '10.0.26100.2894']

/** Indexes with unusual platform entries. */
export const oddPlatforms = {
  'missing-platform': {
    says: 'no descriptor has a platform; the configs do',
    build: (kit) => ({
      manifest: buildIndex({ children: kit.images().map((manifest) => ({ manifest, platform: null })) }),
    }),
  },
  duplicate: {
    says: 'linux/ppc64le is listed twice, with different images',
    build: (kit) => {
      const second = kit.image('ppc64le', { config: { Cmd: ['second'] } })
      return { manifest: kit.index(...kit.images(), second) }
    },
  },
  'same-digest': {
    says: 'linux/ppc64le and linux/amd64 are one and the same manifest',
    build: (kit) => {
      const [amd64, arm64, , s390x] = kit.images()
      const copied = { manifest: amd64, platform: { architecture: 'ppc64le', os: 'linux' } }
      return { manifest: buildIndex({ children: [amd64, arm64, copied, s390x] }) }
    },
  },
  'variant-power9': {
    says: 'the only POWER entry is linux/ppc64le/power9',
    build: (kit) => {
      const [amd64, arm64, , s390x] = kit.images()
      return { manifest: kit.index(amd64, arm64, kit.image('ppc64le', { variant: 'power9' }), s390x) }
    },
  },
  'arm64-variants': {
    says: 'arm64 is listed with variant v8 and without',
    build: (kit) => {
      const [amd64, arm64, ppc64le, s390x] = kit.images()
      return { manifest: kit.index(amd64, arm64, kit.image('arm64', { variant: 'v8' }), ppc64le, s390x) }
    },
  },
  windows: {
    says: 'windows/amd64 for three os.version values beside four linux images',
    build: (kit) => {
      const windows = windowsVersions.map((osVersion) => kit.image('amd64', { os: 'windows', osVersion }))
      return { manifest: kit.index(...kit.images(), ...windows) }
    },
  },
  'lost-ppc64le': {
    says: 'linux/ppc64le is not in the index',
    build: (kit) => {
      const architectures = sampleArchitectures.filter((name) => name !== 'ppc64le')
      return { manifest: kit.index(...architectures.map((name) => kit.image(name))) }
    },
  },
} as const satisfies Readonly<Record<string, Oddity>>
