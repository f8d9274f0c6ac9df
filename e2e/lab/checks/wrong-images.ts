import { buildAttestation } from '#e2e/lab/attestation.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { type CheckedImage, checkedImage, fourImages, withOddPower } from './checked-image.ts'

const FROM_X86 = 'ADD alpine-minirootfs-3.20.0-x86_64.tar.gz / # buildkit'
const versions = (version: string) => ({
  config: { Labels: { 'org.opencontainers.image.version': version } },
})

/** One thing is wrong with each, and one check must find it. */
export const wrongImages = {
  'meta-001': {
    says: 'the index says linux/ppc64le, the config of that child says linux/amd64',
    finds: ['META-001 linux/ppc64le'],
    build: () => buildIndex({ children: withOddPower({ configFields: { architecture: 'amd64' } }) }),
  },
  'meta-002': {
    says: 'linux/ppc64le is the manifest of linux/amd64, so its config cannot be right either',
    finds: ['META-001 linux/ppc64le', 'META-002'],
    build: () => {
      const [amd64, ...others] = fourImages().filter(({ platform }) => platform.architecture !== 'ppc64le')
      if (!amd64) throw new Error('No image.')
      const copied = { manifest: amd64, platform: { os: 'linux', architecture: 'ppc64le' } }
      return buildIndex({ children: [amd64, copied, ...others] })
    },
  },
  'meta-003': {
    says: 'FROM is pinned to the digest of an x86-64 Alpine, so all four stand on it',
    finds: ['META-003'],
    build: () =>
      buildIndex({
        children: fourImages((architecture) => ({
          contents: ['alpine for x86-64', `app of ${architecture}`],
          madeBy: [FROM_X86, 'COPY app /app # buildkit'],
        })),
      }),
  },
  'meta-003-program': {
    says: 'linux/ppc64le and linux/amd64 are made of the same layers, and start a program',
    finds: ['META-003'],
    build: () =>
      buildIndex({ children: withOddPower({ contents: ['base of linux/amd64/', 'app of linux/amd64/'] }) }),
  },
  'meta-004': {
    says: 'the only POWER entry is linux/ppc64le/power9',
    finds: ['META-004 linux/ppc64le/power9'],
    build: () => buildIndex({ children: withOddPower({ variant: 'power9' }) }),
  },
  'meta-005': {
    says: 'linux/ppc64le runs as root and has another entrypoint',
    finds: ['META-005 linux/ppc64le'],
    build: () => buildIndex({ children: withOddPower({ config: { User: '', Entrypoint: ['/start'] } }) }),
  },
  'meta-006': {
    says: 'the version label of linux/ppc64le is 0.9.9, elsewhere it is 1.0.0',
    finds: ['META-006 linux/ppc64le'],
    build: () => buildIndex({ children: withOddPower(versions('0.9.9'), versions('1.0.0')) }),
  },
  'meta-006-old': {
    says: 'linux/ppc64le was made half a year before the others',
    finds: ['META-006 linux/ppc64le'],
    build: () => buildIndex({ children: withOddPower({ created: '2026-03-01T00:00:00Z' }) }),
  },
  'meta-007': {
    says: 'linux/ppc64le is 4 MB, the others a tenth of it',
    finds: ['META-007 linux/ppc64le'],
    build: () => buildIndex({ children: withOddPower({ layerBytes: 2_000_000 }, { layerBytes: 200_000 }) }),
  },
  'cov-005': {
    says: 'linux/ppc64le is listed twice, with different images',
    finds: ['COV-005 linux/ppc64le'],
    build: () =>
      buildIndex({ children: [...fourImages(), checkedImage('ppc64le', { config: { Cmd: ['second'] } })] }),
  },
  'cov-005-nested': {
    says: 'the index holds linux/amd64 and an index of the other three',
    finds: ['COV-005'],
    build: () => {
      const [amd64, ...others] = fourImages()
      return buildIndex({ children: [...(amd64 ? [amd64] : []), buildIndex({ children: others })] })
    },
  },
  'sup-001': {
    says: 'every image but linux/ppc64le has an SBOM and a provenance',
    finds: ['SUP-001 linux/ppc64le'],
    build: () => {
      const images = fourImages()
      const described = images.filter(({ platform }) => platform.architecture !== 'ppc64le')
      return buildIndex({
        children: [...images, ...described.map((image) => buildAttestation(image, 'artifact'))],
      })
    },
  },
  'sup-001-foreign': {
    says: 'the SBOM of linux/ppc64le lists amd64 packages',
    finds: ['SUP-001 linux/ppc64le'],
    build: () => {
      const images = fourImages()
      const sboms = images.map((image) => {
        const { architecture } = image.platform
        return buildAttestation(
          image,
          'legacy',
          undefined,
          packagesOf(architecture === 'ppc64le' ? 'amd64' : architecture),
        )
      })
      return buildIndex({ children: [...images, ...sboms] })
    },
  },
  sparse: {
    says: 'the linux/ppc64le child is listed, and is not in the registry: no check may say that it looked',
    finds: [],
    unjudged: ['META-001', 'META-002', 'META-003', 'META-005', 'META-006', 'META-007'],
    build: () => buildIndex({ children: withOddPower({ contents: ['base to delete', 'app to delete'] }) }),
    deleted: ({ children }) => children.slice(2, 3).map(({ digest }) => digest),
  },
} as const satisfies Readonly<Record<string, CheckedImage>>

/** The part of an SPDX document that names packages. */
export function packagesOf(architecture: string) {
  return {
    spdxVersion: 'SPDX-2.3',
    packages: ['libc6', 'zlib1g', 'bash'].map((name) => ({
      name,
      externalRefs: [
        {
          referenceType: 'purl',
          referenceLocator: `pkg:deb/debian/${name}@1?arch=${architecture}&distro=debian-12`,
        },
      ],
    })),
  }
}
