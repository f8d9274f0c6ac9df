import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startEngine } from '#e2e/lab/engine.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { watchTreeMemory } from '#e2e/lab/process-tree.ts'
import { seedRunImages } from '#e2e/lab/seed-run-images.ts'
import { enginesResponse } from '#lib/api/engines.ts'
import { type RunDto, runAccepted, runDto } from '#lib/api/runs.ts'
import type { Measurement } from './report.ts'
import { milliseconds } from './validate-image.ts'

const JOBS = 100
const PLATFORMS = ['linux/amd64', 'linux/ppc64le']
const JOBS_AT_ONCE = 4
/** A job writes a line every 50 ms. */
const LINES = 40
const BOUND = 0.9

/** A hundred queued jobs: whether the places where they are worked on are ever empty. */
export async function benchBusyJobs(): Promise<Measurement[]> {
  await using lab = await startLab({ registries: ['open'] })
  await using engine = await startEngine()
  await using dashboard = await startDashboard({
    env: { DOCKER_HOST: engine.dockerHost, ARCHWAY_JOBS: String(JOBS_AT_ONCE) },
  })
  enginesResponse.parse(await (await fetch(`${dashboard.url}/api/v1/engines`)).json())
  const images = await seedRunImages(lab.registry('open'))
  const body = JSON.stringify({
    ref: `${images.reference}:count`,
    platforms: PLATFORMS,
    profile: { entrypoint: ['/behave', 'count', String(LINES)] },
  })
  const memory = watchTreeMemory(dashboard.pid)
  const ids: string[] = []
  for (let at = 0; at < JOBS; at += PLATFORMS.length) {
    const answer = await fetch(`${dashboard.url}/api/v1/runs`, { method: 'POST', body })
    ids.push(runAccepted.parse(await answer.json()).id)
  }
  const runs: RunDto[] = []
  for (const id of ids) {
    // The stream ends with the run.
    await (await fetch(`${dashboard.url}/api/v1/runs/${id}/events`)).text()
    runs.push(runDto.parse(await (await fetch(`${dashboard.url}/api/v1/runs/${id}`)).json()))
  }
  const highestBytes = memory.stop()
  const jobs = runs.flatMap((run) => run.jobs)
  if (jobs.length !== JOBS || jobs.some(({ verdict }) => verdict !== 'passed'))
    throw new Error(`not all passed: ${JSON.stringify(jobs.map(({ verdict, text }) => [verdict, text]))}`)
  const begun = jobs.map(({ startedAt = '' }) => Date.parse(startedAt))
  const ended = jobs.map(({ finishedAt = '' }) => Date.parse(finishedAt))
  const wallMs = Math.max(...ended) - Math.min(...begun)
  const workMs = ended.reduce((sum, end, at) => sum + end - (begun[at] ?? end), 0)
  const share = workMs / (JOBS_AT_ONCE * wallMs)
  return [
    {
      what: `${JOBS} queued jobs, ${JOBS_AT_ONCE} at once, first begun to last over`,
      value: milliseconds(wallMs),
    },
    {
      what: `sum of job times against ${JOBS_AT_ONCE} × that`,
      value: `${(share * 100).toFixed(1)} %`,
      bound: `at least ${BOUND * 100} %`,
      holds: share >= BOUND,
    },
    { what: 'process tree, highest meanwhile', value: `${Math.round(highestBytes / 1e6)} MB` },
  ]
}
