import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensurePackages } from '#e2e/lab/prepare.ts'
import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import { type DescribedJob, describeReport } from '#lib/report/describe-report.ts'
import { report } from '#lib/report/model.ts'
import { renderHtml } from '#lib/report/render/render-html.ts'
import { renderMarkdown } from '#lib/report/render/render-markdown.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { type RunWorld, startRunWorld } from './run-world.ts'

const reason = (await ensurePackages(['registry', 'engine'])).reason('engine')
const options = { timeout: 90_000 }
const QEMU = /^QEMU \d+\.\d+\.\d+/

describe.skipIf(reason)(`processors and pages on a real Docker Engine ${reason ?? ''}`, () => {
  let world: RunWorld
  beforeAll(async () => {
    world = await startRunWorld()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  const validate = async (image: RunImageName | 'oci', profile: RunProfile, platform = 'ppc64le') => {
    const ref = image === 'oci' ? 'oci:samples/multiarch-app' : `${world.engines.images.reference}:${image}`
    const told = await world.validate({ ref, platforms: [platform], profile })
    // What is stored is what the schema of reports says.
    expect(report.safeParse(JSON.parse(JSON.stringify(told))).error).toBeUndefined()
    return describeReport(told)
  }
  const only = async (...asked: Parameters<typeof validate>): Promise<DescribedJob> => {
    const [job] = (await validate(...asked)).jobs
    if (job === undefined) throw new Error('it has no job')
    return job
  }
  const endings = ({ cpuFloor }: DescribedJob) =>
    cpuFloor?.runs.map(({ cpu, ending }) => `${cpu} ${ending?.verdict} ${ending?.reason}`)

  describe.concurrent('the processor that an image needs', () => {
    test('POWER9: fails on POWER8, passes on POWER9 and POWER10', options, async () => {
      const told = await validate('power9', { cpuFloor: true })
      const [job] = told.jobs
      expect(job).toMatchObject({ verdict: 'passed', cpuFloor: { needs: 'POWER9', lowest: 'POWER9' } })
      expect(job && endings(job)).toEqual([
        'POWER8 inconclusive illegal-instruction',
        'POWER9 passed as-expected',
        'POWER10 passed as-expected',
      ])
      expect(job?.findings).toMatchObject([
        { code: 'RUN-003', severity: 'info', message: 'It passed on POWER9, and died on POWER8.' },
      ])
      const text = 'It needs POWER9: POWER8 died of an unknown instruction; POWER9 passed; POWER10 passed.'
      expect(job?.repeatTexts).toEqual([text])
      for (const document of [renderMarkdown(told), renderHtml(told)])
        expect(document).toContain('It needs POWER9')
      const repeated = job?.steps.filter(({ name }) => name === 'repeat').map(({ on }) => on)
      expect(repeated).toEqual(['POWER8', 'POWER9', 'POWER10'])
      // What ran first is what is told, not the last repetition.
      expect(job?.execution).toMatchObject({ exitCode: 0, attempts: 1 })
      expect(job?.execution).not.toHaveProperty('cpu')
    })
    test('POWER10, found unasked: it died on the emulator’s own choice', options, async () => {
      const job = await only('power10', {})
      expect(job).toMatchObject({
        verdict: 'passed',
        text: 'Ran to its end with exit code 0, as expected, once the emulator was told to be a POWER10.',
        execution: { exitCode: 0, cpu: 'POWER10' },
        cpuFloor: { needs: 'POWER10', fallback: 'POWER9' },
      })
      expect(job.findings.map(({ message }) => message)).toEqual([
        'It passed on POWER10, and died on POWER9.',
      ])
    })
    test('none: an illegal instruction stays one', options, async () => {
      const job = await only('illegal', { cpuFloor: true })
      expect(job).toMatchObject({ verdict: 'inconclusive', ending: { reason: 'illegal-instruction' } })
      expect(job.cpuFloor?.runs.map(({ ending }) => ending?.reason)).toEqual(
        Array(3).fill('illegal-instruction'),
      )
      expect(job.cpuFloor).not.toHaveProperty('needs')
      expect(job.findings).toEqual([])
    })
    test('the oldest: no finding', options, async () => {
      const job = await only('both', { cpuFloor: true })
      expect(job).toMatchObject({ verdict: 'passed', cpuFloor: { lowest: 'POWER8' }, findings: [] })
      expect(job.repeatTexts?.[0]).toMatch(/^It needs no newer processor than POWER8: /)
    })
    test('is not looked at where it failed for another reason', options, async () =>
      expect(await only('exit', { cpuFloor: true })).toMatchObject({
        verdict: 'failed',
        cpuFloor: { unlooked: 'not-passed', runs: [] },
      }),
    )
    test('is not looked at natively, and that is told', options, async () => {
      const job = await only('both', { cpuFloor: true, pages64k: true }, 'amd64')
      expect(job).toMatchObject({ verdict: 'passed', cpuFloor: { unlooked: 'native' }, findings: [] })
      expect(job.repeatTexts).toEqual([
        expect.stringContaining('it ran natively, on the one processor that is there'),
        expect.stringContaining('that kernel has others (4 KiB)'),
      ])
    })
    test('a model that the emulator refuses is named, and not judged', options, async () => {
      const job = await only('oci', { cpuFloor: true }, 's390x')
      expect(job).toMatchObject({ verdict: 'passed', findings: [] })
      for (const { refused, ending } of job.cpuFloor?.runs ?? []) {
        expect(ending ?? refused).toBeTruthy()
        if (refused) expect(job.repeatTexts?.[0]).toContain('not ')
      }
      expect(job.cpuFloor?.runs.map(({ cpu }) => cpu)).toEqual(['z13', 'z14', 'z15', 'z16'])
    })
  })

  describe.concurrent('pages of 64 KiB', () => {
    test('are seen to be there before anything is judged', options, async () => {
      const job = await only('both', { pages64k: true })
      expect(job).toMatchObject({
        verdict: 'passed',
        largePages: { wantedBytes: 65_536, seenBytes: 65_536, ending: { verdict: 'passed' } },
        findings: [],
      })
      expect(job.repeatTexts?.[0]).toContain(
        'does not prove that a kernel with such pages can load its files',
      )
    })
    test('that the emulator does not take are told, not judged', options, async () =>
      expect(await only('oci', { pages64k: true }, 's390x')).toMatchObject({
        verdict: 'passed',
        largePages: { seenBytes: 4_096, unlooked: 'not-taken' },
        findings: [],
      }),
    )
  })

  test('what executed it is told: processor, emulator and its version, pages', options, async () => {
    const { jobs } = describeReport(await world.validate({ ref: 'oci:samples/multiarch-app' }))
    const engines = new Map(jobs.map(({ platform, engine }) => [platform, engine]))
    expect(engines.get('linux/ppc64le')).toMatchObject({ cpu: 'POWER9', pageSizeBytes: 4_096 })
    for (const platform of ['linux/arm64', 'linux/ppc64le', 'linux/s390x'])
      expect(engines.get(platform)?.emulator).toMatch(QEMU)
    expect(engines.get('linux/amd64')).not.toHaveProperty('emulator')
    expect(engines.get('linux/amd64')).toMatchObject({ cpu: expect.any(String), pageSizeBytes: 4_096 })
  })

  test('nothing is left behind', async () => expect(await world.engines.containers()).toEqual([]))
})
