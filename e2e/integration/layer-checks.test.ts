import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  elfOf,
  FOUR,
  healthyLayer,
  type LayerArchitecture,
  layerFile,
  wrongLayers,
} from '#e2e/lab/checks/wrong-layers.ts'
import { buildImage } from '#e2e/lab/image.ts'
import { buildIndex } from '#e2e/lab/index-manifest.ts'
import { type Lab, startLab } from '#e2e/lab/lab.ts'
import { type BuiltLayer, buildLayer } from '#e2e/lab/layer.ts'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import { openRepository } from '#e2e/lab/repository.ts'
import { programFile } from '#e2e/lab/run-images/programs.ts'
import type { ImageResponse } from '#lib/api/image.ts'
import { LayerReader } from '#lib/reader/layer-reader.ts'
import { inspectWithLayers } from '#lib/service/check-layers.ts'
import type { ReadingContext } from '#lib/service/context.ts'
import { TagListings } from '#lib/service/tag-listings.ts'
import type { Sources } from '#lib/source/open-sources.ts'
import { openLabSources } from './lab-sources.ts'

const skipped = (await ensurePackages(['registry'])).reason('registry')
const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

describe.skipIf(skipped !== undefined)(`layer checks${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  let sources: Sources
  let layers: LayerReader
  let context: ReadingContext
  let home: string
  beforeAll(async () => {
    lab = await startLab()
    home = await mkdtemp(path.join(os.tmpdir(), 'archway-layer-checks-'))
    const now = () => new Date()
    sources = openLabSources({ home })
    layers = new LayerReader({ projectRoot: PROJECT_ROOT, cacheDir: undefined, cacheMaxBytes: 64 << 20, now })
    context = { openSource: sources.open, listings: new TagListings(sources.open, now), now, layers }
  })
  afterAll(async () => {
    await layers?.close()
    await sources?.close()
    await lab?.stop()
    await rm(home, { recursive: true, force: true })
  })

  /** Pushes an index of the four, each with its layers, and checks it. */
  async function check(
    tag: string,
    layersOf: (architecture: LayerArchitecture) => readonly BuiltLayer[],
  ): Promise<ImageResponse> {
    const registry = lab.registry('open')
    const repository = openRepository(registry, 'lab/layer-checks')
    const children = FOUR.map((architecture) =>
      buildImage({ architecture, layers: layersOf(architecture), config: { Entrypoint: ['/app'] } }),
    )
    await repository.push(buildIndex({ children }), tag.toLowerCase())
    const ref = `${registry.host}/lab/layer-checks:${tag.toLowerCase()}`
    return inspectWithLayers(context, { ref, checks: 'layers' })
  }
  const found = ({ findings }: ImageResponse) =>
    findings.map(({ code, severity }) => `${code} ${severity}`).sort()

  it('find nothing in a small system of four architectures, and say what they looked at', async () => {
    const image = await check('healthy', (architecture) => [buildLayer(healthyLayer(architecture))])
    expect(image.findings).toEqual([])
    expect(image.checked).toEqual(
      expect.arrayContaining(['ELF-001', 'ELF-002', 'GO-001', 'PKG-001', 'PKG-002', 'PY-001', 'DIR-001']),
    )
    expect((image.unjudged ?? []).filter(({ reason }) => reason !== 'nothing-earlier')).toEqual([])
  })

  it.each(Object.entries(wrongLayers))('%s', async (tag, { files, finds }) => {
    const replaced = new Set(files.map(({ path: name }) => name))
    const extra = (architecture: LayerArchitecture) => {
      const own = healthyLayer(architecture).filter(
        ({ path: name }) => architecture !== 'ppc64le' || !replaced.has(name),
      )
      // The same package is on all of them, built for each.
      const python =
        tag === 'PY-001' && architecture !== 'ppc64le'
          ? [
              layerFile(
                'usr/lib/python3/dist-packages/numpy-2.dist-info/METADATA',
                'Name: numpy\nVersion: 2\n',
              ),
            ]
          : []
      return [...own, ...python, ...(architecture === 'ppc64le' ? files : [])]
    }
    const image = await check(tag, (architecture) => [buildLayer(extra(architecture))])
    expect(found(image)).toEqual(finds)
    for (const { platform, message } of image.findings) {
      if (!tag.startsWith('PKG-002') && !tag.startsWith('PKG-003')) expect(platform).toBe('linux/ppc64le')
      expect(message).toMatch(/\.$/)
    }
  })

  it('META-003: one base of one architecture below all four, with its cause', async () => {
    const base = buildLayer(healthyLayer('amd64').filter(({ path: name }) => name !== 'app'))
    const image = await check('pinned', (architecture) => [
      base,
      buildLayer([layerFile('app', elfOf(architecture))]),
    ])
    const [first] = image.findings.filter(({ code }) => code === 'META-003')
    expect(first).toMatchObject({ severity: 'error', evidence: { cause: 'pinned-base' } })
    expect(first?.message).toMatch(
      /^All of linux\/amd64, .* share the base layer .* pinned to a single-architecture digest\.$/,
    )
    expect(image.findings.filter(({ code }) => code === 'META-003')).toHaveLength(1)
  })

  it('META-003: shared data is no base, though it is large', async () => {
    const data = buildLayer([
      layerFile('usr/share/data', Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 7919) & 255))),
    ])
    const image = await check('data', (architecture) => [data, buildLayer(healthyLayer(architecture))])
    expect(found(image)).toEqual([])
  })

  it('a layer that cannot be read is told, and nothing is green for it', async () => {
    const broken = buildLayer([layerFile('x', 'x')])
    const image = await check('broken', (architecture) => [
      architecture === 'ppc64le'
        ? { ...broken, diffId: `sha256:${'0'.repeat(64)}` }
        : buildLayer(healthyLayer(architecture)),
    ])
    expect(found(image)).toEqual([])
    const [gap] = (image.unjudged ?? []).filter(({ reason }) => reason === 'layer-not-read')
    expect(gap).toMatchObject({ platforms: ['linux/ppc64le'] })
    expect(gap?.codes).toContain('ELF-002')
  })

  it('GO-001, and nothing in what Go really builds for the platform', async () => {
    const isThere = await run('go', ['version']).then(
      () => true,
      () => false,
    )
    if (!isThere) return
    const source = path.join(home, 'main.go')
    const output = path.join(home, 'app')
    await writeFile(source, 'package main\nfunc main() { println("hello") }\n')
    await run('go', ['build', '-o', output, source], {
      env: {
        ...process.env,
        GOCACHE: path.join(home, 'cache'),
        CGO_ENABLED: '0',
        GOOS: 'linux',
        GOARCH: 'ppc64le',
        GO111MODULE: 'off',
      },
    })
    const built = await readFile(output)
    const program = (isGo: boolean, architecture: LayerArchitecture) => [
      buildLayer([layerFile('app', isGo ? built : elfOf(architecture)), layerFile('of', architecture)]),
    ]
    const right = await check('go', (each) => program(each === 'ppc64le', each))
    expect(found(right)).toEqual([])
    const wrong = await check('go-wrong', (each) => program(each === 's390x', each))
    expect(wrong.findings.map(({ code, platform }) => `${code} ${platform}`)).toEqual([
      'ELF-001 linux/s390x',
      'GO-001 linux/s390x',
    ])
  }, 300_000)

  it('nothing in programs of a real compiler', async () => {
    const built = {
      amd64: await readFile(programFile('amd64', 'behave')),
      ppc64le: await readFile(programFile('ppc64le', 'behave')),
    }
    const image = await check('compiled', (architecture) => [
      buildLayer([
        layerFile(
          'app',
          architecture === 'amd64' || architecture === 'ppc64le' ? built[architecture] : elfOf(architecture),
        ),
      ]),
    ])
    expect(found(image)).toEqual([])
  })
})
