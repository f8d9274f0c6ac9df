import { startDashboard } from '#e2e/lab/dashboard.ts'
import { startEngine } from '#e2e/lab/engine.ts'
import { startLab } from '#e2e/lab/lab.ts'
import { enginesResponse } from '#lib/api/engines.ts'
import { median } from './median.ts'
import type { Measurement } from './report.ts'
import { seedWeighty } from './seed-weighty.ts'
import { milliseconds, timed, validateOnServer } from './validate-image.ts'

const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'] as const
/** Each is done this often, taking turns; the median counts. */
const ROUNDS = 5
const BOUND_MS = 1_000

/**
 * What a run costs beyond its containers: for each platform the time from `POST /api/v1/runs` until it has finished, less
 * that of a bare `docker run` of the same image, which is in the engine already.
 */
export async function benchRunOverhead(): Promise<Measurement[]> {
  await using lab = await startLab({ registries: ['open'] })
  await using engine = await startEngine()
  await using dashboard = await startDashboard({ env: { DOCKER_HOST: engine.dockerHost } })
  enginesResponse.parse(await (await fetch(`${dashboard.url}/api/v1/engines`)).json())
  const { reference } = await seedWeighty(lab.registry('open'), 'overhead', 0)
  const measurements: Measurement[] = []
  for (const platform of PLATFORMS) {
    // The first run brings the image; by its digest, so that docker takes the very same.
    const [job] = (await validateOnServer(dashboard.url, reference, [platform])).jobs
    const image = `${reference.replace(/:[^:/]*$/, '')}@${job?.digest}`
    const bare: number[] = []
    const whole: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(
        await timed(() => engine.docker('run', '--rm', '--network=none', '--platform', platform, image)),
      )
      whole.push(await timed(() => validateOnServer(dashboard.url, reference, [platform])))
    }
    const overhead = median(whole) - median(bare)
    measurements.push({
      what: `${platform}: a run of ${milliseconds(median(whole))}, less docker run of ${milliseconds(median(bare))}`,
      value: milliseconds(overhead),
      bound: `at most ${milliseconds(BOUND_MS)}`,
      holds: overhead <= BOUND_MS,
    })
  }
  return measurements
}
