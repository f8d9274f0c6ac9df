import { buildAttestation } from '#e2e/lab/attestation.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import type { BuiltManifest } from '#e2e/lab/manifest.ts'
import { type CheckedImage, checkedImage, fourImages, type PartsSpec } from './checked-image.ts'
import { packagesOf } from './wrong-images.ts'

/** What Debian and Docker's official images are built for, with the names Debian gives them. */
const MANY: readonly { architecture: string; variant?: string; debian: string }[] = [
  { architecture: 'amd64', debian: 'amd64' },
  { architecture: 'arm', variant: 'v5', debian: 'armel' },
  { architecture: 'arm', variant: 'v6', debian: 'armhf' },
  { architecture: 'arm', variant: 'v7', debian: 'armhf' },
  { architecture: 'arm64', variant: 'v8', debian: 'arm64' },
  { architecture: '386', debian: 'i386' },
  { architecture: 'mips64le', debian: 'mips64el' },
  { architecture: 'ppc64le', debian: 'ppc64el' },
  { architecture: 'riscv64', debian: 'riscv64' },
  { architecture: 's390x', debian: 's390x' },
]

const TRIPLETS: Readonly<Record<string, string>> = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  ppc64le: 'powerpc64le-linux-gnu',
  s390x: 's390x-linux-gnu',
}

/** Images as they should be, of every usual make: a finding in one of them is a false alarm. */
export const cleanImages = {
  four: {
    says: 'four architectures of one Dockerfile',
    build: () => buildIndex({ children: fourImages() }),
  },
  'docker-list': {
    says: 'a Docker manifest list of Docker images',
    build: () => buildIndex({ dialect: 'docker', children: fourImages(() => ({ dialect: 'docker' })) }),
  },
  single: {
    says: 'a plain image, in a repository that never had anything else under this tag',
    build: () => checkedImage('amd64'),
  },
  debian: {
    says: 'ten architectures as Debian’s: a base each, a branch each, whose revisions differ',
    build: () =>
      officialIndex((debian, position) => ({
        contents: [`bookworm for ${debian} ${position}`],
        madeBy: [`# debian.sh --arch '${debian}' out/ 'bookworm' '@1758000000'`],
        layerBytes: 40_000 + position * 1_000,
        config: { Entrypoint: null, Cmd: ['bash'], User: '' },
      })),
  },
  busybox: {
    says: 'ten architectures as BusyBox’s: built days apart, provenance for each',
    build: () =>
      officialIndex(
        (debian, position) => ({
          contents: [`busybox for ${debian} ${position}`],
          madeBy: ['BusyBox 1.37.0 (glibc), Debian 12'],
          created: `2026-09-${String(10 + position).padStart(2, '0')}T12:00:00Z`,
          config: { Entrypoint: null, Cmd: ['sh'], User: '' },
        }),
        true,
      ),
  },
  go: {
    says: 'a Go program on a distroless base: layers of time zones and certificates are shared, only the last differs',
    build: () =>
      buildIndex({
        children: fourImages((architecture) => ({
          contents: ['netbase', 'tzdata', 'ca-certificates', `go for ${architecture}`],
          layerBytes: 400_000,
          madeBy: [
            'bazel build @//common:netbase',
            'bazel build @//common:tzdata',
            'bazel build @//common:cacerts',
            'COPY /out/manager /manager # buildkit',
          ],
          config: { Entrypoint: ['/manager'], Env: ['SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'] },
        })),
      }),
  },
  scratch: {
    says: 'a static program and a copied certificate bundle, both FROM scratch',
    build: () =>
      buildIndex({
        children: fourImages((architecture) => ({
          contents: ['certificates', `program for ${architecture}`],
          layerBytes: 300_000,
          madeBy: [
            'COPY /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ # buildkit',
            `COPY bin/app-${architecture} /app # buildkit`,
          ],
        })),
      }),
  },
  'own-names': {
    says: 'environment and entrypoint name their own architecture, and differ in nothing else',
    build: () =>
      buildIndex({
        children: fourImages((architecture) => ({
          config: {
            Entrypoint: [`/usr/bin/app-${architecture}`],
            Env: [
              `LD_LIBRARY_PATH=/usr/lib/${TRIPLETS[architecture]}`,
              `JAVA_HOME=/usr/lib/jvm/java-21-openjdk-${architecture}`,
              `TARGETARCH=${architecture}`,
              `APP_SHA256=${architecture.length}`,
              'APP_VERSION=1.0.0',
            ],
          },
        })),
      }),
  },
  reproducible: {
    says: 'made in 1970, as reproducible builds say, one of them in 1980',
    build: () =>
      buildIndex({
        children: fourImages((architecture) => ({
          created: architecture === 's390x' ? '1980-01-01T00:00:00Z' : '1970-01-01T00:00:00Z',
        })),
      }),
  },
  'attestations-legacy': {
    says: 'each image has a provenance and an SBOM of its own packages, image-shaped',
    build: () => attested('legacy'),
  },
  'attestations-artifact': {
    says: 'the same as artifacts with a subject',
    build: () => attested('artifact'),
  },
  windows: {
    says: 'four Linux images with attestations, and three Windows builds without, started differently',
    build: () => {
      const linux = fourImages()
      const windows = ['10.0.17763.6659', '10.0.20348.2966', '10.0.26100.2894'].map((osVersion) =>
        checkedImage('amd64', {
          os: 'windows',
          osVersion,
          contents: [`windows ${osVersion}`, 'app.exe', 'more'],
          config: { Entrypoint: ['C:\\app.exe'], User: 'ContainerUser', WorkingDir: 'C:\\' },
        }),
      )
      const attestations = linux.map((image) => buildAttestation(image, 'artifact'))
      return buildIndex({ children: [...linux, ...windows, ...attestations] })
    },
  },
  'power-variants': {
    says: 'linux/ppc64le, and beside it one for POWER9',
    build: () => buildIndex({ children: [...fourImages(), checkedImage('ppc64le', { variant: 'power9' })] }),
  },
} as const satisfies Readonly<Record<string, Omit<CheckedImage, 'finds'>>>

function attested(form: 'legacy' | 'artifact'): BuiltManifest {
  const images = fourImages()
  const attestations = images.map((image) =>
    buildAttestation(
      image,
      form,
      undefined,
      packagesOf(DEBIAN_NAMES[image.platform.architecture] ?? image.platform.architecture),
    ),
  )
  return buildIndex({ children: [...images, ...attestations] })
}

const DEBIAN_NAMES: Readonly<Record<string, string>> = { ppc64le: 'ppc64el' }

/** Ten architectures, each described as the official images are. */
function officialIndex(
  specOf: (debian: string, position: number) => PartsSpec,
  hasProvenance = false,
): BuiltManifest {
  const images = MANY.map(({ architecture, variant, debian }, position) =>
    checkedImage(architecture, {
      ...(variant === undefined ? {} : { variant }),
      ...specOf(debian, position),
    }),
  )
  const children = images.map((manifest, position) => ({
    manifest,
    annotations: {
      'com.docker.official-images.bashbrew.arch': MANY[position]?.debian ?? '',
      'org.opencontainers.image.revision': `${position}`.repeat(40),
    },
  }))
  const attestations = hasProvenance
    ? images.map((image) => buildAttestation(image, 'artifact', ['https://slsa.dev/provenance/v1']))
    : []
  return buildIndex({ children: [...children, ...attestations] })
}
