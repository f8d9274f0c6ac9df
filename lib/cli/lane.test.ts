import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import type { ReportJob } from '#lib/report/model.ts'
import type { RunEvent } from '#lib/service/run/run-events.ts'
import { type Lanes, nextLanes } from './lane.ts'
import { LiveLanes } from './live-lanes.ts'
import { plainLines } from './plain-lines.ts'

const POWER = 'linux/ppc64le'
const AMD64 = 'linux/amd64'
const DONE: ReportJob = {
  platform: POWER,
  state: 'finished',
  verdict: 'failed',
  ending: { verdict: 'passed', reason: 'as-expected', evidence: { exitCode: 0 } },
  truths: {},
  steps: [],
  findings: [
    {
      code: 'ELF-001',
      severity: 'error',
      platform: POWER,
      evidence: { path: '/app', found: 'x86-64', expected: 'PowerPC' },
    },
  ],
}
const EVENTS: readonly RunEvent[] = [
  {
    type: 'planned',
    reference: 'r',
    pinned: 'r@d',
    digest: 'd',
    kind: 'index',
    jobs: [{ platform: AMD64 }, { platform: POWER }],
    leftOut: [],
    findings: [],
  },
  { type: 'phase', platform: POWER, phase: 'pulling', engine: 'docker 20 on build-1', mode: 'emulated' },
  { type: 'progress', platform: POWER, phase: 'downloading', doneBytes: 41_900_000, totalBytes: 68_000_000 },
  { type: 'phase', platform: POWER, phase: 'running', attempt: 2 },
  { type: 'output', platform: POWER, stream: 'stdout', text: 'Process st' },
  { type: 'output', platform: POWER, stream: 'stderr', text: 'oops \u001b[2J' },
  { type: 'output', platform: POWER, stream: 'stdout', text: 'arted.\r\nRunning' },
  { type: 'phase', platform: POWER, phase: 'cleaning-up' },
  { type: 'job', job: DONE },
]
const lanesAfter = (count: number) => EVENTS.slice(0, count).reduce<Lanes>(nextLanes, [])

it.each([
  [1, { phase: 'queued', where: '' }],
  [2, { phase: 'pulling', where: 'emulated, docker 20 on build-1' }],
  [3, { progress: '41.9 MB of 68.0 MB' }],
  [4, { phase: 'running (attempt 2)', progress: '', where: 'emulated, docker 20 on build-1' }],
  [5, { lastLine: 'Process st' }],
  [9, { job: DONE }],
])('after %i events the lane says so', (count, expected) => {
  const [other, lane] = lanesAfter(count)
  expect(lane).toMatchObject({ platform: POWER, ...expected })
  expect(other).toMatchObject({ platform: AMD64, phase: 'queued' })
})

it('the last line is the last that has something in it', () => {
  const output = (lanes: Lanes, text: string) =>
    nextLanes(lanes, { type: 'output', platform: POWER, stream: 'stdout', text })
  const one = output(lanesAfter(4), 'a\nb\n')
  expect(one[1]?.lastLine.trimEnd()).toBe('b')
  expect(output(one, 'c')[1]?.lastLine).toBe('c')
  expect(output(one, `${'x'.repeat(10_000)}`)[1]?.lastLine.length).toBe(200)
})

it('without a terminal every phase and every whole line is said once, harmlessly', () => {
  const said: string[] = []
  const emit = plainLines((line) => said.push(line))
  EVENTS.forEach(emit)
  expect(said).toEqual([
    'linux/ppc64le: pulling (emulated, docker 20 on build-1)',
    'linux/ppc64le: running, attempt 2',
    'linux/ppc64le | Process started.',
    'linux/ppc64le | Running',
    'linux/ppc64le | oops \\u001b[2J',
    'linux/ppc64le: failed. /app is ELF x86-64; expected ELF PowerPC.',
  ])
})

it('on a terminal each platform keeps its one line, no wider than the terminal', async () => {
  const written: string[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(text, _, done) {
      written.push(String(text))
      done()
    },
  })
  const lanes = new LiveLanes(Object.assign(stream, { columns: 60 }) as unknown as NodeJS.WriteStream)
  for (const event of EVENTS) lanes.emit(event)
  await expect.poll(() => written.length).toBeGreaterThan(0)
  lanes.end()
  const screen = written.join('')
  const lines = stripVTControlCharacters(written[0] ?? '')
    .split('\n')
    .filter(Boolean)
  expect(lines.map((line) => line.slice(0, 13).trim())).toEqual([AMD64, POWER])
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  expect(screen).toContain('failed')
  expect(screen.endsWith('\u001b[2A\u001b[0J')).toBe(true)
})
