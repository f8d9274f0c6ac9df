import { type ReportDto, reportDto } from '#lib/api/reports.ts'
import { type RunDto, type RunRequestDto, runAccepted } from '#lib/api/runs.ts'
import { type RunningDashboard, startDashboard } from '../lab/dashboard.ts'
import { type LabEngine, startEngine } from '../lab/engine.ts'
import { buildIndex } from '../lab/index-manifest.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { openRepository } from '../lab/repository.ts'
import { buildRunImage, type RunImageName } from '../lab/run-images/run-image.ts'
import { readSampleLayers } from '../lab/sample-layers.ts'
import { buildSampleImage, sampleEpochSeconds, sampleVersion } from '../lab/sample-release.ts'
import { pushTag } from '../lab/seeded.ts'

/** A dashboard, a registry and an engine of a spec's own, to stop and start as it likes. */
export interface ReportWorld extends AsyncDisposable {
  readonly lab: Lab
  readonly engine: LabEngine
  /** `host/lab/report:mixed`: amd64, arm64 and s390x are the sample, what is labelled ppc64le is an amd64 program. */
  readonly mixed: string
  /** `host/lab/report:fixed`: the sample on all four. */
  readonly fixed: string
  /** `host/lab/report:NAME`, for linux/amd64 alone. */
  readonly image: (name: RunImageName) => string
  /** Of the dashboard that runs now. */
  readonly url: string
  /** Runs it to its end and answers the report. */
  run(request: RunRequestDto): Promise<ReportDto>
  /** Kills the server (-9) and starts another over the same data. */
  restart(): Promise<void>
}

const IMAGES: readonly RunImageName[] = ['both', 'escapes']
const RUN_WITHIN_MS = 60_000

/** Starts it all, images pushed. `dataDir` holds the store. */
export async function startReportWorld(dataDir: string): Promise<ReportWorld> {
  const stack = new AsyncDisposableStack()
  const lab = stack.use(await startLab())
  const engine = stack.use(await startEngine())
  const repository = openRepository(lab.registry('open'), 'lab/report')
  const layers = await readSampleLayers()
  const sample = (architecture: 'amd64' | 'arm64' | 'ppc64le' | 's390x') => ({
    manifest: buildSampleImage(layers, architecture, sampleVersion, sampleEpochSeconds),
    platform: { os: 'linux', architecture },
  })
  const behave = (name: RunImageName, architecture: 'amd64' | 'ppc64le') => ({
    manifest: buildRunImage(name, architecture),
    platform: { os: 'linux', architecture },
  })
  const children = [sample('amd64'), sample('arm64'), behave('amd64-inside', 'ppc64le'), sample('s390x')]
  const mixed = await pushTag(repository, 'mixed', buildIndex({ children }))
  const right = [sample('amd64'), sample('arm64'), sample('ppc64le'), sample('s390x')]
  const fixed = await pushTag(repository, 'fixed', buildIndex({ children: right }))
  const images = new Map<RunImageName, string>()
  for (const name of IMAGES) {
    const { reference } = await pushTag(repository, name, buildIndex({ children: [behave(name, 'amd64')] }))
    images.set(name, reference)
  }
  const start = () => startDashboard({ dataDir, env: { DOCKER_HOST: engine.dockerHost } })
  let dashboard: RunningDashboard = await start()
  stack.defer(() => dashboard.stop())
  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(dashboard.url + path, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    lab,
    engine,
    mixed: mixed.reference,
    fixed: fixed.reference,
    image: (name) => images.get(name) ?? '',
    get url() {
      return dashboard.url
    },
    async run(request) {
      const { id } = runAccepted.parse(
        await ask('/api/v1/runs', { method: 'POST', body: JSON.stringify(request) }),
      )
      const deadline = Date.now() + RUN_WITHIN_MS
      for (;;) {
        const { reportUrl } = (await ask(`/api/v1/runs/${id}`)) as RunDto
        if (reportUrl !== undefined) return reportDto.parse(await ask(`/api/v1/reports/${id}`))
        if (Date.now() > deadline) throw new Error(`the run ${id} does not end`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async restart() {
      await dashboard.stop('SIGKILL')
      dashboard = await start()
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
