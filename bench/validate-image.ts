import { type RunningDashboard, startDashboard } from '#e2e/lab/dashboard.ts'
import { type LabEngine, startEngine } from '#e2e/lab/engine.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { watchTreeMemory } from '#e2e/lab/process-tree.ts'
import { enginesResponse } from '#lib/api/engines.ts'
import { type RunDto, runAccepted, runDto } from '#lib/api/runs.ts'
import { median } from './median.ts'
import type { Measurement } from './report.ts'
import { seedWeighty } from './seed-weighty.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'] as const
/** Each is done this often, taking turns; the median counts. */
const ROUNDS = 7
const BOUND = 0.8
const MEMORY_BOUND_BYTES = 400e6

/** Validating four platforms by Archway against pull, inspect and run of one after another by the docker command. */
export async function benchValidatingImage(): Promise<Measurement[]> {
  await using lab = await startLab({ registries: ['open'] })
  await using engine = await startEngine()
  await using dashboard = await startDashboard({ env: { DOCKER_HOST: engine.dockerHost } })
  // The first to ask has the engine probed, which is remembered from then on.
  enginesResponse.parse(await (await fetch(`${dashboard.url}/api/v1/engines`)).json())
  const registry = lab.registry('open')
  const weighty = await seedWeighty(registry, 'weighty', 8)
  const small = await seedWeighty(registry, 'small', 0)
  return [
    ...(await compare(engine, dashboard, weighty.reference, '8 MB a platform')),
    ...(await compare(engine, dashboard, small.reference, '1 kB a platform')),
  ]
}

async function compare(
  engine: LabEngine,
  dashboard: RunningDashboard,
  reference: string,
  size: string,
): Promise<Measurement[]> {
  const byHand: number[] = []
  const byArchway: number[] = []
  const memory: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await removeImages(engine)
    byHand.push(await timed(() => oneAfterAnother(engine, reference)))
    await removeImages(engine)
    const watch = watchTreeMemory(dashboard.pid)
    byArchway.push(await timed(() => validateOnServer(dashboard.url, reference, PLATFORMS)))
    memory.push(watch.stop())
  }
  const ratio = median(byArchway) / median(byHand)
  const highest = Math.max(...memory)
  return [
    {
      what: `docker pull, inspect, run of ${PLATFORMS.length} platforms, ${size}`,
      value: milliseconds(median(byHand)),
    },
    { what: `POST /api/v1/runs until it has finished, ${size}`, value: milliseconds(median(byArchway)) },
    {
      what: `Archway against docker, ${size}`,
      value: `${ratio.toFixed(2)}×`,
      bound: `at most ${BOUND}×`,
      holds: ratio <= BOUND,
    },
    {
      what: `process tree, highest while a run is in flight, ${size}`,
      value: `${Math.round(highest / 1e6)} MB`,
      bound: `at most ${MEMORY_BOUND_BYTES / 1e6} MB`,
      holds: highest <= MEMORY_BOUND_BYTES,
    },
  ]
}

/** What a person does without Archway; what it says is looked at as well. */
async function oneAfterAnother(engine: LabEngine, reference: string): Promise<void> {
  for (const platform of PLATFORMS) {
    await engine.docker('pull', '--quiet', '--platform', platform, reference)
    const architecture = await engine.docker('inspect', '--format', '{{.Os}}/{{.Architecture}}', reference)
    const output = await engine.docker('run', '--rm', '--network=none', '--platform', platform, reference)
    if (architecture.trim() !== platform || !output.includes(`Running on ${platform}`))
      throw new Error(`docker ran ${architecture} for ${platform}: ${output}`)
  }
}

/** Starts a run of these platforms, follows its events to the end, and answers it. Throws unless all passed. */
export async function validateOnServer(
  url: string,
  ref: string,
  platforms: readonly string[],
): Promise<RunDto> {
  const accepted = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ref, platforms, profile: { expectOutput: 'Running on {platform}' } }),
  })
  const { id } = runAccepted.parse(await accepted.json())
  // The stream ends with the run.
  await (await fetch(`${url}/api/v1/runs/${id}/events`)).text()
  const run = runDto.parse(await (await fetch(`${url}/api/v1/runs/${id}`)).json())
  const passed = run.jobs.filter(({ verdict }) => verdict === 'passed')
  if (run.verdict !== 'passed' || passed.length !== platforms.length)
    throw new Error(`the run ended ${run.verdict}: ${JSON.stringify(run.jobs.map(({ text }) => text))}`)
  return run
}

async function removeImages(engine: LabEngine): Promise<void> {
  await engine.docker('image', 'prune', '--all', '--force')
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

/** Milliseconds for people. */
export const milliseconds = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
