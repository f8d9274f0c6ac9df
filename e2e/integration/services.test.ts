import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type DescribedJob, describeReport } from '#lib/report/describe-report.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { type RunWorld, startRunWorld } from './run-world.ts'

const options = { timeout: 120_000 }
/** Where waiting under emulation, three times as long, would show nothing more. */
const NATIVE = ['linux/amd64']

describe('a service', () => {
  let world: RunWorld

  beforeAll(async () => {
    world = await startRunWorld()
    // The engine is met once, outside of what is timed.
    await world.context.listEngines()
  }, 180_000)
  afterAll(() => world[Symbol.asyncDispose]())

  async function validate(
    image: RunImageName,
    profile: RunProfile,
    platforms?: readonly string[],
  ): Promise<readonly DescribedJob[]> {
    const ref = `${world.engines.images.reference}:${image}`
    return describeReport(await world.validate({ ref, profile, ...(platforms && { platforms }) })).jobs
  }
  const told = ({ verdict, ending }: DescribedJob) => `${verdict} ${ending?.reason}`
  const both = (text: string) => [text, text]

  describe.concurrent('with a port', () => {
    test('that answers passes at once, natively and emulated', options, async () => {
      const jobs = await validate('serve', { service: { port: 8080, path: '/up' } })
      expect(jobs.map(told)).toEqual(both('passed still-running'))
      for (const { execution } of jobs) {
        expect(execution?.service?.port).toEqual({
          port: 8080,
          path: '/up',
          answered: true,
          status: 200,
          address: '127.0.0.1',
          afterMs: expect.any(Number),
          listening: ['0.0.0.0:8080'],
        })
        expect(execution?.durationMs).toBeLessThan(40_000)
      }
    })
    test('is kept running as long as was asked', options, async () => {
      const [job] = await validate('serve', { service: { port: 8080, afterMs: 4_000 } }, NATIVE)
      expect(job && told(job)).toBe('passed still-running')
      expect(job?.execution?.durationMs).toBeGreaterThanOrEqual(4_000)
      expect(job?.execution?.service?.port).not.toHaveProperty('status')
    })
    test('that listens elsewhere, for itself alone, is told where', options, async () => {
      const [native, emulated] = await validate('serve-local', { service: { port: 8080 }, timeoutMs: 3_000 })
      expect(native?.text).toBe('Port 8080 did not answer within 3 s; it was listening on 127.0.0.1:9090.')
      expect([native?.verdict, emulated?.verdict]).toEqual(['failed', 'inconclusive'])
      const [found] = await validate('serve-local', { service: { port: 9090 } }, NATIVE)
      expect(found?.execution?.service?.port?.listening).toEqual(['127.0.0.1:9090'])
    })
    test('that never listens is silent', options, async () => {
      const [job] = await validate('hang', { service: { port: 8080 }, timeoutMs: 2_500 }, NATIVE)
      expect(job && told(job)).toBe('failed port-silent')
      expect(job?.text).toBe('Port 8080 did not answer within 2.5 s; nothing was listening anywhere.')
    })
    test('that answers with an error is not ready', options, async () => {
      const refused = { service: { port: 8080, path: '/' }, timeoutMs: 3_000 }
      const [job] = await validate('serve-503', refused, NATIVE)
      expect(job?.text).toBe(
        'Port 8080 did not answer / with 2xx or 3xx within 3 s; its last answer was 503.',
      )
      const [open] = await validate('serve-503', { service: { port: 8080 } }, NATIVE)
      expect(open?.verdict).toBe('passed')
    })
    test('that ends before it answers has ended', options, async () => {
      const jobs = await validate('exit', { service: { port: 8080 } })
      expect(jobs.map(told)).toEqual(both('failed service-ended'))
    })
    test('is cancelled with its helper within two seconds', options, async () => {
      const stop = new AbortController()
      const ref = `${world.engines.images.reference}:hang`
      const running = world.validate(
        { ref, platforms: ['linux/amd64'], profile: { service: { port: 8080 } } },
        { signal: stop.signal, emit: (event) => event.type === 'output' && stop.abort() },
      )
      const report = await running
      expect(report.state).toBe('cancelled')
    })
  })

  describe.concurrent('with a health check', () => {
    test('that passes ends early', options, async () => {
      const jobs = await validate('healthy', { service: { health: true } })
      expect(jobs.map(told)).toEqual(both('passed still-running'))
      expect(jobs[0]?.execution?.service?.health).toMatchObject({ status: 'healthy', exitCode: 0 })
      expect(jobs[0]?.execution?.durationMs).toBeLessThan(40_000)
    })
    test('that fails is told with its last words', options, async () => {
      const [native, emulated] = await validate('unhealthy', { service: { health: true } })
      expect(native && told(native)).toBe('failed unhealthy')
      expect(native?.text).toBe('Its health check failed: about to fail')
      expect(emulated && told(emulated)).toBe('inconclusive unhealthy')
    })
    test('that it does not have cannot pass', options, async () => {
      const jobs = await validate('hang', { service: { health: true } })
      expect(jobs.map(told)).toEqual(both('failed no-health-check'))
    })
    test('that nobody asked for is not tried', options, async () => {
      const [job] = await validate('unhealthy', { service: { afterMs: 3_000 } })
      expect(job && told(job)).toBe('passed still-running')
      expect(job?.execution).not.toHaveProperty('service')
    })
  })

  describe.concurrent('a profile', () => {
    test('brings files, and other ones for one platform', options, async () => {
      const jobs = await validate('prints', {
        files: { '/etc/app/config': 'common\n', '/etc/app/more/deep': 'x' },
        expectOutput: 'common',
        platforms: { ppc64le: { files: { '/etc/app/config': 'own\n' }, expectOutput: 'own' } },
      })
      expect(jobs.map(told)).toEqual(both('passed as-expected'))
      expect(jobs.map(({ execution }) => execution?.output)).toEqual(['common\n', 'own\n'])
    })
    test('brings a script that is started in place of the image’s own', options, async () => {
      const [job] = await validate('both', {
        files: { '/run.sh': '#!/behave both\n' },
        entrypoint: ['/run.sh'],
        platforms: { 'linux/ppc64le': { entrypoint: ['/behave', 'exit'], expectExitCode: 1 } },
      })
      expect(job?.truths.binaries?.chain[0]).toBe('/run.sh')
    })
    test('cannot put a file where the image has an empty volume', options, async () => {
      await expect(validate('prints', { files: { '/data/config': 'x' } })).rejects.toMatchObject({
        code: 'request_invalid',
        message: expect.stringContaining('/data/config lies in /data, a volume of the image for linux/amd64'),
      })
    })
  })

  test('nothing is left behind', async () => {
    expect(await world.engines.containers()).toEqual([])
    const labelled = ['images', '--all', '--quiet', '--filter', 'label=archway.lease-until']
    expect(await world.engines.labEngine.docker(...labelled)).toBe('')
  })
})
