import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { layerOf } from '#e2e/lab/layer.ts'
import { renderFinding } from '#lib/checks/render-finding.ts'
import { readLayer } from '#lib/image/layer/read-layer.ts'
import { buildElf, elfShapes } from '#lib/image/testing/build-elf.ts'
import { buildTar } from '#lib/image/testing/build-tar.ts'
import { type FakePlatform, RunWorld } from '../testing/run-world.ts'
import type { RunRequest } from './plan-run.ts'
import type { RunContext } from './run-context.ts'
import { runImage } from './run-image.ts'

type Architecture = 'amd64' | 'arm64' | 'ppc64le' | 's390x'

const layer = (files: Readonly<Record<string, Architecture | string>>) => {
  const archive = buildTar(
    ...Object.entries(files).map(([name, what]) => ({
      name,
      mode: 0o755,
      content: what in elfShapes ? buildElf(elfShapes[what as Architecture]) : what,
    })),
  )
  return layerOf(archive, gzipSync(archive))
}
const image = (architecture: Architecture, files: Readonly<Record<string, string>> = {}): FakePlatform => ({
  architecture,
  spec: { layers: [layer({ app: architecture, ...files })] },
})

/** Validates an image whose layers are read here instead of in threads. */
async function run(
  platforms: readonly FakePlatform[],
  { layers, ...request }: Partial<RunRequest> & { readonly layers?: RunContext['layers'] } = {},
) {
  const world = new RunWorld()
  world.put(...platforms)
  const read: NonNullable<RunContext['layers']>['read'] = (asked, open) =>
    readLayer(open(new AbortController().signal), asked)
  const context = { ...world.context, layers: layers ?? { read } }
  const emit = () => {}
  return runImage(context, { ref: 'registry.test/lab/app', ...request }, { runId: 'r1', emit })
}

describe('the layers of a run', () => {
  it('say nothing of a good image, and are told as looked at', async () => {
    const report = await run([image('amd64'), image('ppc64le')])
    expect(report.verdict).toBe('passed')
    expect(report.findings).toEqual([])
    expect(report.checked).toEqual(['META-003', 'PKG-002', 'PKG-003'])
    for (const job of report.jobs) {
      expect(job.findings).toEqual([])
      expect(job.checked).toContain('ELF-002')
      expect(job.truths.binaries).toMatchObject({
        scope: 'image',
        match: 'match',
        files: { seen: 1, matching: 1, differing: 0, exempt: 0 },
      })
    }
  })
  it('fail the platform whose library is foreign, although it ran', async () => {
    const report = await run([
      image('amd64'),
      image('ppc64le', { 'usr/lib/libx.so': 'amd64', 'usr/lib/debug/x': 'amd64' }),
    ])
    const [amd64, power] = report.jobs
    expect([report.verdict, amd64?.verdict, power?.verdict]).toEqual(['failed', 'passed', 'failed'])
    expect(power?.ending?.verdict).toBe('passed')
    expect(power?.findings).toMatchObject([
      { code: 'ELF-002', severity: 'error', evidence: { paths: ['usr/lib/libx.so'] } },
    ])
    expect(power?.truths.binaries?.files).toEqual({ seen: 3, matching: 1, differing: 1, exempt: 1 })
  })
  it('judge what starts where nothing can run it', async () => {
    const report = await run([{ ...image('s390x'), spec: { layers: [layer({ app: 'amd64' })] } }])
    expect(report.jobs[0]?.ending?.verdict).toBe('skipped')
    expect(report.jobs[0]?.findings.map(({ code }) => code)).toEqual(['ELF-001'])
    expect(report.verdict).toBe('failed')
  })
  it('tell what starts once, where the container was looked at too', async () => {
    const report = await run([
      { ...image('ppc64le'), binary: 'amd64', spec: { layers: [layer({ app: 'amd64' })] } },
    ])
    expect(report.jobs[0]?.findings.map(({ code }) => code)).toEqual(['ELF-001'])
  })
  it('prove a base that is pinned to one architecture', async () => {
    const base = layer({ 'bin/sh': 'amd64', 'etc/os-release': 'ID=debian\n' })
    const on = (architecture: Architecture): FakePlatform => ({
      architecture,
      spec: { layers: [base, layer({ app: architecture })] },
    })
    const report = await run([on('amd64'), on('ppc64le')])
    expect(
      report.findings.map((finding) => [
        finding.code,
        finding.severity,
        renderFinding(finding as never).message,
      ]),
    ).toEqual([
      [
        'META-003',
        'error',
        expect.stringMatching(
          /share the base layer .* alone: the FROM line is pinned to a single-architecture digest\.$/,
        ),
      ],
    ])
    expect(report.verdict).toBe('failed')
  })
  it('that cannot be read are told as not judged, and fail nothing', async () => {
    const read = async () => Promise.reject(new Error('the thread broke'))
    const report = await run([image('ppc64le')], { layers: { read } })
    expect(report.verdict).toBe('passed')
    expect(report.jobs[0]).toMatchObject({
      truths: { binaries: { scope: 'entrypoint' } },
      unjudged: [{ reason: 'layer-not-read' }, { reason: 'no-uname', codes: ['RUN-002'] }],
    })
    expect(report.jobs[0]?.checked).toBeUndefined()
  })
  it('are left out when asked for', async () => {
    const report = await run([image('ppc64le', { 'usr/lib/libx.so': 'amd64' })], {
      profile: { layers: false },
    })
    expect(report.verdict).toBe('passed')
    expect(report.jobs[0]?.unjudged).toMatchObject([
      { reason: 'layers-not-asked', platforms: ['linux/ppc64le'] },
      { reason: 'no-uname', codes: ['RUN-002'] },
    ])
  })
})
