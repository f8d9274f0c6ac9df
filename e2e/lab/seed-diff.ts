import { readFile, writeFile } from 'node:fs/promises'
import { buildImage } from './image.ts'
import { buildIndex } from './index-manifest.ts'
import { buildLayer } from './layer.ts'
import type { LabRegistry } from './registry.ts'
import { openRepository } from './repository.ts'
import { type ProgramArchitecture, programFile } from './run-images/programs.ts'
import { readSampleLayers } from './sample-layers.ts'
import { pushTag, type SeededRepository, type SeededTag } from './seeded.ts'
import { storedFile } from './storage.ts'
import type { TarEntry } from './tar.ts'

/** What `seedDiff` pushed, for linux/amd64 and linux/ppc64le. */
export interface SeededDiff extends SeededRepository {
  /** ppc64le has an x86-64 helper, an older package, a file less and another revision. */
  readonly wrong: SeededTag
  /** The next version, all of it right; linux/s390x joined. */
  readonly right: SeededTag
  /** As `wrong`, and what the registry has of the last layer of ppc64le are other bytes. */
  readonly broken: SeededTag
  /** How many files of `usr/share/app` only amd64 has in `wrong`. */
  readonly missingFiles: number
}

const MISSING_FILES = 1_200
const TRIPLETS = { amd64: 'x86_64-linux-gnu', ppc64le: 'powerpc64le-linux-gnu' } as const

/** Fills `lab/diff`: two architectures of an image that should be alike and are not. */
export async function seedDiff(registry: LabRegistry): Promise<SeededDiff> {
  const repository = openRepository(registry, 'lab/diff')
  const wrong = buildIndex({
    children: [
      await image('amd64', { version: '2.1-3', revision: '9f3c1a2', assets: MISSING_FILES, texts: 'first' }),
      await image('ppc64le', {
        version: '2.0-1',
        revision: '77aa0b1',
        helper: 'amd64',
        mode: 0o755,
        texts: 'second',
      }),
    ],
  })
  const right = buildIndex({
    children: [
      await image('amd64', { version: '2.2-1', revision: 'c0ffee1' }),
      await image('ppc64le', { version: '2.2-1', revision: 'c0ffee1' }),
      buildImage({ architecture: 's390x', layers: [(await readSampleLayers()).s390x] }),
    ],
  })
  const gone = await image('ppc64le', { version: '2.0-1', revision: '77aa0b1', gone: true })
  const brokenIndex = buildIndex({
    children: [await image('amd64', { version: '2.1-3', revision: '9f3c1a2' }), gone],
  })
  const seeded = {
    repository: repository.name,
    reference: registry.reference(repository.name),
    wrong: await pushTag(repository, '2.1', wrong),
    right: await pushTag(repository, '2.2', right),
    broken: await pushTag(repository, '2.1-broken', brokenIndex),
    missingFiles: MISSING_FILES,
  }
  const broken = gone.layers.at(-1)
  if (broken === undefined) throw new Error('The image has no layer')
  await writeFile(storedFile(registry, broken.digest), Buffer.alloc(broken.bytes.length, 'x'))
  return seeded
}

interface Differing {
  readonly version: string
  readonly revision: string
  /** What the helper is built for; the image's own when absent. */
  readonly helper?: ProgramArchitecture
  readonly mode?: number
  readonly assets?: number
  /** Puts texts and other files into `etc/texts` that differ line by line. */
  readonly texts?: 'first' | 'second'
  /** Makes the last layer unlike any other. */
  readonly gone?: boolean
}

async function image(architecture: ProgramArchitecture, differing: Differing) {
  const {
    version,
    revision,
    helper = architecture,
    mode = 0o644,
    assets = 0,
    gone = false,
    texts,
  } = differing
  const lib = `usr/lib/${TRIPLETS[architecture]}`
  const status = [
    `Package: libapp\nStatus: install ok installed\nArchitecture: ${architecture}\nVersion: ${version}\n`,
    `Package: tzdata\nStatus: install ok installed\nArchitecture: all\nVersion: 2026a-1\n`,
  ].join('\n')
  const program = await readFile(programFile(architecture, 'behave'))
  const base = buildLayer([
    { path: 'etc', type: 'directory' },
    { path: 'etc/app.conf', content: 'listen = 8080\n', mode },
    { path: 'etc/ld.so.cache', content: architecture },
    { path: `${lib}/libapp.so.2`, content: program, mode: 0o755 },
    { path: 'var/lib/dpkg/status', content: status },
  ])
  const top = buildLayer([
    { path: 'usr/bin/helper', content: await readFile(programFile(helper, 'behave')), mode: 0o755 },
    ...assetFiles(assets),
    ...(texts ? textFiles(texts === 'first') : []),
    ...(gone ? [{ path: 'usr/share/gone', content: 'gone' }] : []),
  ])
  return buildImage({
    architecture,
    layers: [base, top],
    config: {
      Entrypoint: ['/usr/bin/helper'],
      Env: [`LD_LIBRARY_PATH=/${lib}`, 'PATH=/usr/bin'],
      Labels: { 'org.opencontainers.image.revision': revision, 'org.opencontainers.image.title': 'diff' },
    },
    configFields: {
      history: [
        { created_by: `RUN /bin/sh -c apt-get install -y libapp:${architecture} # buildkit` },
        { created_by: 'COPY usr /usr # buildkit' },
      ],
    },
  })
}

function assetFiles(count: number): TarEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    path: `usr/share/app/asset-${String(at).padStart(4, '0')}.txt`,
    content: `asset ${at}\n`,
  }))
}

/** What a unified diff has to cope with, of one side or the other. */
function textFiles(isFirst: boolean): TarEntry[] {
  const pick = <T>(first: T, second: T) => (isFirst ? first : second)
  const lines = Array.from({ length: 80 }, (_, at) => `setting-${at} = ${at}`)
  const settings = lines
    .with(4, pick('port = 8080', 'port = 9090'))
    .with(60, pick('cache = on', 'cache = off'))
  const hostile = `<script>alert(1)</script>\u001b[31m\u202e${pick('one', 'two')}`
  return [
    { path: 'etc/texts/settings.conf', content: `${settings.join('\n')}\n` },
    { path: 'etc/texts/windows.ini', content: pick('a=1\nb=2\n', 'a=1\r\nb=2\r\n') },
    { path: 'etc/texts/no-end', content: pick('last', 'last\n') },
    { path: 'etc/texts/hostile', content: `${hostile}\n` },
    { path: 'etc/texts/logo', content: Buffer.from([0xff, 0xfe, pick(1, 2)]) },
    { path: 'etc/texts/huge', content: `${'x'.repeat(300 << 10)}${pick('1', '2')}` },
    { path: 'etc/texts/link', type: 'symlink', linkTarget: pick('settings.conf', 'windows.ini') },
    ...(isFirst ? [{ path: 'etc/texts/only-first', content: 'here\n' }] : []),
  ]
}
