import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packFiles, unpackDebian } from '#e2e/lab/debian-files.ts'
import { startEngine } from '#e2e/lab/engine.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { layerOf } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { pushTag } from '#e2e/lab/seeded.ts'
import { createDockerEngine } from '#lib/engine/docker/docker-engine.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import { inspectWithLayers } from '#lib/service/check-layers.ts'
import { runImage } from '#lib/service/run/run-image.ts'
import { openRunHouse, type RunHouse } from './run-house.ts'

const packages = await ensurePackages(['registry', 'engine', 'systems'])
const skipped = packages.reason('registry') ?? packages.reason('engine') ?? packages.reason('systems')
const exec = promisify(execFile)
const hasGo = await exec('go', ['version']).then(
  () => true,
  () => false,
)

/** Go's name of an architecture, and Debian's. */
const PLATFORMS = [
  ['amd64', 'amd64'],
  ['ppc64le', 'ppc64el'],
] as const
const PREPARED_WITHIN_MS = 300_000

/** Real systems as people ship them: whatever is found in one of them is a false alarm. */
describe.skipIf(skipped)(`real and clean, of every tier ${skipped ?? ''}`, () => {
  const stack = new AsyncDisposableStack()
  let lab: Lab
  let house: RunHouse
  let layers: LayerReader
  let folder: string
  const roots = new Map<string, string>()
  /** Why there is no Debian to look at. */
  let unreachable: string | undefined

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'archway-systems-'))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const unpacked = Promise.allSettled(
      PLATFORMS.map(async ([architecture, debian]) => {
        roots.set(architecture, await unpackDebian(folder, debian))
      }),
    )
    lab = stack.use(await startLab())
    const labEngine = stack.use(await startEngine())
    const engine = createDockerEngine({ kind: 'unix', path: labEngine.socketPath })
    stack.defer(() => engine.close())
    house = stack.use(await openRunHouse([engine]))
    layers = new LayerReader({
      projectRoot: path.resolve(import.meta.dirname, '../..'),
      cacheDir: path.join(folder, 'cache'),
      cacheMaxBytes: 64 << 20,
      now: house.context.now,
    })
    stack.defer(() => layers.close())
    const failed = (await unpacked).find((each) => each.status === 'rejected')
    if (failed && process.env.CI) throw failed.reason
    if (failed) unreachable = `Debian’s archive does not answer: ${String(failed.reason).slice(-200)}`
  }, PREPARED_WITHIN_MS)
  afterAll(() => stack.disposeAsync())

  /** Pushes an image for each platform, opens it with its layers, and runs it; answers all that was found. */
  async function look(
    name: string,
    of: (architecture: string) => Promise<Buffer>,
    config: Readonly<Record<string, unknown>>,
  ) {
    const children = await Promise.all(
      PLATFORMS.map(async ([architecture]) => {
        const archive = await of(architecture)
        const layer = layerOf(archive, gzipSync(archive, { level: 1 }))
        return {
          manifest: buildImage({ architecture, layers: [layer], config }),
          platform: { os: 'linux', architecture },
        }
      }),
    )
    const repository = openRepository(lab.registry('open'), `lab/clean-${name}`)
    const { reference: ref } = await pushTag(repository, '1.0', buildIndex({ children }))
    const context = { ...house.context, layers }
    const image = await inspectWithLayers(context, { ref, checks: 'layers' })
    const report = await runImage(context, { ref }, { runId: name, emit: () => {} })
    return {
      verdict: report.verdict,
      modes: report.jobs.map(({ execution }) => execution?.mode),
      output: report.jobs.map(({ execution }) => execution?.output),
      unames: report.jobs.map(({ uname }) => uname?.said),
      found: [...image.findings, ...report.findings, ...report.jobs.flatMap(({ findings }) => findings)],
      unread: [...(image.unjudged ?? []), ...(report.unjudged ?? [])].filter(({ reason }) =>
        /layer/.test(reason),
      ),
    }
  }

  const clean = (word: string) => ({
    verdict: 'passed',
    modes: ['native', 'emulated'],
    output: [`${word} x86_64\n`, `${word} ppc64le\n`],
    unames: ['x86_64', 'ppc64le'],
    found: [],
    unread: [],
  })
  const rootOf = (architecture: string) => roots.get(architecture) ?? ''

  it('a Debian with its package database', async ({ skip }) => {
    skip(unreachable !== undefined, unreachable)
    const config = { Cmd: ['bash', '-c', 'echo "debian $(uname -m)"'], Env: ['PATH=/usr/bin:/bin'] }
    expect(await look('debian', (each) => packFiles(rootOf(each), ['.']), config)).toEqual(clean('debian'))
  }, 120_000)

  /** A busybox, and the link that has it called uname. */
  async function packBusybox(name: string, of: string): Promise<Buffer> {
    const root = path.join(folder, name)
    await mkdir(path.join(root, 'bin'), { recursive: true })
    await copyFile(path.join(rootOf(of), 'bin/busybox'), path.join(root, 'bin/busybox'))
    await symlink('busybox', path.join(root, 'bin/uname'))
    return packFiles(root, ['./bin'])
  }

  it('a busybox, static, and nothing else', async ({ skip }) => {
    skip(unreachable !== undefined, unreachable)
    const config = { Cmd: ['/bin/busybox', 'sh', '-c', 'echo "busybox $(/bin/busybox uname -m)"'] }
    expect(await look('busybox', (each) => packBusybox(`busybox-${each}`, each), config)).toEqual(
      clean('busybox'),
    )
  }, 120_000)

  it('an amd64 busybox under a label of ppc64le runs, and its uname gives it away', async ({ skip }) => {
    skip(unreachable !== undefined, unreachable)
    const config = { Cmd: ['/bin/busybox', 'true'] }
    const { verdict, modes, found } = await look(
      'foreign-busybox',
      (each) => packBusybox(`foreign-${each}`, 'amd64'),
      config,
    )
    expect([verdict, modes]).toEqual(['failed', ['native', 'native']])
    expect(found.filter(({ code }) => code === 'RUN-002')).toMatchObject([
      {
        platform: 'linux/ppc64le',
        evidence: { path: '/bin/uname', said: 'x86_64', expected: 'ppc64le' },
      },
    ])
  }, 120_000)

  it.skipIf(!hasGo)(
    'a Go program on an empty base',
    async () => {
      const source = path.join(folder, 'main.go')
      await writeFile(
        source,
        'package main\nimport "runtime"\nfunc main() { println("go", runtime.GOARCH) }\n',
      )
      const built = async (architecture: string) => {
        const root = path.join(folder, `go-${architecture}`)
        await mkdir(root)
        await exec('go', ['build', '-trimpath', '-o', path.join(root, 'app'), source], {
          env: {
            ...process.env,
            GOCACHE: path.join(folder, 'go-cache'),
            CGO_ENABLED: '0',
            GOOS: 'linux',
            GOARCH: architecture,
            GO111MODULE: 'off',
          },
        })
        return packFiles(root, ['./app'])
      }
      expect(await look('go', built, { Entrypoint: ['/app'] })).toEqual({
        ...clean('go'),
        output: ['go amd64\n', 'go ppc64le\n'],
        unames: [undefined, undefined],
      })
    },
    300_000,
  )
})
