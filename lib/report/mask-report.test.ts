import { expect, it } from 'vitest'
import { maskJobEnv, maskReport } from './mask-report.ts'
import { type Report, report } from './model.ts'

const SECRET = 'hunter2-hunter2'
const TIME = '2026-06-01T00:00:00.000Z'
const FULL: Report = {
  version: 1,
  id: 'r1',
  archway: '0.1.0',
  reference: 'quay.io/org/app:1',
  pinned: `quay.io/org/app@sha256:${'a'.repeat(64)}`,
  digest: `sha256:${'a'.repeat(64)}`,
  kind: 'index',
  profile: { env: { TOKEN: SECRET, PATH: '/bin' }, command: ['--token', SECRET] },
  startedAt: TIME,
  finishedAt: TIME,
  durationMs: 1,
  state: 'finished',
  verdict: 'failed',
  leftOut: [],
  findings: [],
  jobs: [
    {
      platform: 'linux/ppc64le',
      digest: `sha256:${'b'.repeat(64)}`,
      state: 'finished',
      verdict: 'failed',
      ending: { verdict: 'failed', reason: 'exec-format', evidence: { message: `exec ${SECRET}` } },
      truths: {},
      steps: [],
      execution: {
        engine: 'docker 20.10 on host',
        mode: 'emulated',
        durationMs: 1,
        attempts: 1,
        timedOut: false,
        oomKilled: false,
        output: `token ${SECRET}\noops`,
        outputParts: [
          { stream: 'stdout', length: `token ${SECRET}\n`.length },
          { stream: 'stderr', length: 4 },
        ],
        outputTruncated: false,
        outputBytes: 30,
      },
      findings: [{ code: 'RUN-001', severity: 'error', evidence: { message: [SECRET] } }],
    },
  ],
}

it('no value of the run’s environment is left anywhere, and the report is one still', () => {
  const masked = maskReport(FULL)
  expect(JSON.stringify(masked)).not.toContain(SECRET)
  expect(report.parse(masked)).toEqual(masked)
  expect(masked.profile.env).toEqual({ TOKEN: '•••', PATH: '/bin' })
})

it('output and its parts still fit', () => {
  const execution = maskReport(FULL).jobs[0]?.execution
  expect(execution?.output).toBe('token •••\noops')
  expect(execution?.outputParts.map((part) => part.length)).toEqual([10, 4])
})

type Part = readonly ['stdout' | 'stderr', string]

it.each<[string, readonly Part[]]>([
  [
    'by a part of the other stream',
    [
      ['stdout', `a ${SECRET.slice(0, 4)}`],
      ['stderr', 'oops'],
      ['stdout', SECRET.slice(4)],
    ],
  ],
  [
    'by the other stream itself',
    [
      ['stdout', SECRET.slice(0, 5)],
      ['stderr', `${SECRET.slice(5)} end`],
    ],
  ],
])('a value cut in two %s is masked', (_, parts) => {
  const [job] = FULL.jobs
  if (!job?.execution) throw new Error('no execution')
  const execution = {
    ...job.execution,
    output: parts.map(([, text]) => text).join(''),
    outputParts: parts.map(([stream, text]) => ({ stream, length: text.length })),
  }
  const masked = maskReport({ ...FULL, jobs: [{ ...job, execution }] }).jobs[0]?.execution
  expect(masked?.output).not.toContain(SECRET.slice(0, 4))
  expect(masked?.output).not.toContain(SECRET.slice(5))
  expect(masked?.outputParts.reduce((sum, { length }) => sum + length, 0)).toBe(masked?.output.length)
})

it('a run without an environment is shown as it is', () => {
  const plain = { ...FULL, profile: {} }
  expect(maskReport(plain)).toEqual(plain)
})

it.each([
  ['no-engine', 'The engine at unix:///run/user/1000/podman/podman.sock is not there: no such socket.'],
  ['no-engine', 'The engine at unix:///srv/my user/docker.sock may not be opened by this user.'],
  ['no-engine', '“tcp://user@build.example:2376” is no address.'],
  ['engine-failed', 'The engine at ssh://user@build.example:22 broke the connection off.'],
] as const)('the address of the engine is not in a message of %s: %s', (reason, message) => {
  const [job] = FULL.jobs
  if (!job) throw new Error('no job')
  const ending = { verdict: 'skipped', reason, evidence: { message } } as const
  const masked = maskReport({ ...FULL, profile: {}, jobs: [{ ...job, ending }] }).jobs[0]?.ending
  expect(masked?.evidence.message).toContain('•••')
  expect(masked?.evidence.message).not.toMatch(/sock\b.*sock|user@|\/(run|srv)|build\.example/)
})

it('a report is read back from JSON as it was', () =>
  expect(report.parse(JSON.parse(JSON.stringify(FULL)))).toEqual(FULL))

it('texts of files are not shared, nor variables of one platform, wherever they show', () => {
  const [job] = FULL.jobs
  if (!job?.execution) throw new Error('no execution')
  const own = 'own-secret-value'
  const files = { '/etc/app.conf': `password: ${SECRET}` }
  const profile: Report['profile'] = {
    env: { TOKEN: SECRET },
    files,
    platforms: { 'linux/ppc64le': { env: { TOKEN: own }, files, expectOutput: own } },
  }
  const execution = {
    ...job.execution,
    output: own,
    outputParts: [{ stream: 'stdout' as const, length: own.length }],
    service: { health: { status: 'unhealthy' as const, exitCode: 1, output: `no login with ${own}` } },
  }
  const masked = maskReport({ ...FULL, profile, jobs: [{ ...job, execution }] })
  expect(JSON.stringify(masked)).not.toMatch(/hunter2|own-secret/)
  expect(masked.profile.files).toEqual({ '/etc/app.conf': '•••' })
})

it('a job tells no value to those who may use Archway either, and still where its engine is', () => {
  const [job] = FULL.jobs
  if (!job) throw new Error('no job')
  const message = 'The engine at unix:///srv/docker.sock is not there.'
  const ending = { verdict: 'skipped', reason: 'no-engine', evidence: { message } } as const
  const masked = maskJobEnv({ ...job, ending }, FULL.profile)
  expect(JSON.stringify(masked)).not.toContain(SECRET)
  expect(masked.ending?.evidence.message).toBe(message)
  expect(masked.execution?.output).toBe('token •••\noops')
  expect(maskJobEnv(job, {})).toBe(job)
})

it('a variable that is set to a word of Archway’s own hides no verdict', () => {
  const [job] = FULL.jobs
  if (!job) throw new Error('no job')
  const profile = {
    env: { A: 'failed', B: 'exec-format', C: 'linux/ppc64le', D: 'inconclusive', E: 'command' },
  }
  const evidence = { message: 'it has failed' }
  const ending = { verdict: 'failed', reason: 'exec-format', evidence } as const
  const told = {
    ...job,
    ending,
    escalated: { from: 'laptop', ending },
    tests: [{ name: 'starts', kind: 'command', verdict: 'failed', messages: ['failed'], durationMs: 1 }],
    unjudged: [
      { codes: ['ELF-002'], platforms: ['linux/ppc64le'], reason: 'layer-not-read', what: 'failed' },
    ],
  } satisfies Report['jobs'][number]
  const masked = maskReport({ ...FULL, profile, jobs: [told] })
  expect(report.parse(masked)).toEqual(masked)
  expect(masked.jobs[0]).toMatchObject({
    ending: { verdict: 'failed', reason: 'exec-format', evidence: { message: 'it has •••' } },
    escalated: { ending: { reason: 'exec-format', evidence: { message: 'it has •••' } } },
    tests: [{ kind: 'command', verdict: 'failed', messages: ['•••'] }],
    unjudged: [{ platforms: ['linux/ppc64le'] }],
  })
})
