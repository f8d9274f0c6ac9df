import { readFile, writeFile } from 'node:fs/promises'
import { type BuiltImage, buildImage } from './image.ts'
import { buildIndex } from './index-manifest.ts'
import { buildLayer } from './layer.ts'
import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import { programFile } from './run-images/programs.ts'
import { describeTag, pushTag, type SeededRepository, type SeededTag } from './seeded.ts'
import { storedFile, writeManifests } from './storage.ts'

/** What `seedMatrix` pushed: images of four architectures that should hold the same packages. */
export interface SeededMatrix extends SeededRepository {
  /**
   * ppc64le has an older libapp, no libextra, another MODE and an x86-64 helper; s390x alone has libvector and no
   * healthcheck.
   */
  readonly skewed: SeededTag
  /** All platforms agree. */
  readonly even: SeededTag
  /**
   * As `even`; arm64's manifest is gone, the registry has other bytes of ppc64le's layer, and s390x's package database
   * is no database.
   */
  readonly broken: SeededTag
  /** Packages that all platforms of every tag have. */
  readonly commonPackages: number
}

const COMMON_PACKAGES = 400
const TRIPLETS = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  ppc64le: 'powerpc64le-linux-gnu',
  s390x: 's390x-linux-gnu',
} as const
type Architecture = keyof typeof TRIPLETS
const ARCHITECTURES = Object.keys(TRIPLETS) as readonly Architecture[]

/** Fills `lab/matrix`. */
export async function seedMatrix(registry: LabRegistry): Promise<SeededMatrix> {
  const repository = openRepository(registry, 'lab/matrix')
  const helper = await readFile(programFile('amd64', 'behave'))
  const skewed = [
    image('amd64'),
    image('arm64'),
    image('ppc64le', {
      packages: { libapp: '2.0-1', libextra: undefined, rebuilt: '1.4-2+b1' },
      mode: 'safe',
      helper,
    }),
    image('s390x', { packages: { libvector: '0.9-1' }, healthcheck: undefined }),
  ]
  const broken = ARCHITECTURES.map((name) =>
    image(name, { note: 'broken', ...(name === 's390x' ? { status: '\0 no database' } : {}) }),
  )
  const brokenIndex = buildIndex({ children: broken })
  const [, arm64, ppc64le] = broken
  const seeded = {
    repository: repository.name,
    reference: registry.reference(repository.name),
    skewed: await pushTag(repository, '1.0', buildIndex({ children: skewed })),
    even: await pushTag(
      repository,
      '1.1',
      buildIndex({ children: ARCHITECTURES.map((name) => image(name)) }),
    ),
    broken: describeTag(registry, repository.name, '1.1-broken', brokenIndex),
    commonPackages: COMMON_PACKAGES,
  }
  // A push would refuse an index whose child is not there.
  const there = broken.filter((child) => child !== arm64)
  await writeManifests(registry, repository.name, [
    { manifest: { ...brokenIndex, children: there }, tags: ['1.1-broken'] },
  ])
  const layer = ppc64le?.layers[0]
  if (layer === undefined) throw new Error('The image has no layer')
  await writeFile(storedFile(registry, layer.digest), Buffer.alloc(layer.bytes.length, 'x'))
  return seeded
}

interface Special {
  /** Over the usual ones; undefined leaves one out. */
  readonly packages?: Readonly<Record<string, string | undefined>>
  readonly mode?: string
  readonly healthcheck?: readonly string[] | undefined
  /** Another program at `usr/bin/helper`. */
  readonly helper?: Buffer
  /** Makes the layer unlike that of another tag. */
  readonly note?: string
  /** Instead of a package database. */
  readonly status?: string
}

function image(architecture: Architecture, special: Special = {}): BuiltImage {
  const { mode = 'fast', helper, note = '', status } = special
  const healthcheck = 'healthcheck' in special ? special.healthcheck : ['CMD', '/usr/bin/helper', '--ready']
  const common = Array.from({ length: COMMON_PACKAGES }, (_, at) => [
    `common-${String(at).padStart(3, '0')}`,
    `1.${at}-1`,
  ])
  const packages: Record<string, string | undefined> = {
    ...Object.fromEntries(common),
    libapp: '2.1-3',
    libextra: '5.2-1',
    rebuilt: '1.4-2',
    ...special.packages,
  }
  const stanzas = Object.entries(packages).flatMap(([name, version]) =>
    version === undefined ? [] : [`Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`],
  )
  const layer = buildLayer([
    { path: 'etc/note', content: `${note} ${architecture}` },
    ...(helper ? [{ path: 'usr/bin/helper', content: helper, mode: 0o755 }] : []),
    { path: 'var/lib/dpkg/status', content: status ?? stanzas.join('\n') },
  ])
  return buildImage({
    architecture,
    layers: [layer],
    config: {
      Entrypoint: ['/usr/bin/helper'],
      Env: ['PATH=/usr/bin', `LD_LIBRARY_PATH=/usr/lib/${TRIPLETS[architecture]}`, `MODE=${mode}`],
      ExposedPorts: { '8080/tcp': {} },
      Labels: { 'org.opencontainers.image.title': 'matrix' },
      ...(healthcheck ? { Healthcheck: { Test: healthcheck } } : {}),
    },
  })
}
