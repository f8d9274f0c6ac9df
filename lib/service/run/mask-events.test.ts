import { expect, it } from 'vitest'
import { RunWorld } from '../testing/run-world.ts'
import { maskEvents } from './mask-events.ts'
import type { RunEvent } from './run-events.ts'

const SECRET = 'hunter2-hunter2'

it('what a program writes of its environment is told to nobody, and is judged as it was', async () => {
  const world = new RunWorld()
  world.put({ runs: [{ stdout: `TOKEN=${SECRET}\n`, stderr: `no ${SECRET} here\n` }] })
  const profile = { env: { TOKEN: SECRET }, expectOutput: `TOKEN=${SECRET}` }
  const told = await world.run({ profile })
  expect(told.verdict).toBe('passed')
  expect(told.jobs[0]?.execution?.output).toContain('TOKEN=•••\n')
  expect(JSON.stringify(told.jobs)).not.toContain('hunter2')
  const output = world.events.flatMap((event) => (event.type === 'output' ? [event.text] : []))
  expect(output.join('')).toContain('TOKEN=•••\n')
  const jobs = world.events.filter((event) => event.type !== 'finished')
  expect(JSON.stringify(jobs)).not.toContain('hunter2')
})

it('a value that comes in two pieces is masked, and what was held back comes before the next phase', () => {
  const events: RunEvent[] = []
  const platform = 'linux/ppc64le'
  const emit = maskEvents((event) => events.push(event), platform, { TOKEN: SECRET, PATH: '/usr/bin' })
  const write = (stream: 'stdout' | 'stderr', text: string) =>
    emit({ type: 'output', platform, stream, text })
  write('stdout', 'is hunter')
  write('stderr', 'in /usr/bin')
  write('stdout', '2-hunter2, or hunt')
  emit({ type: 'phase', platform, phase: 'cleaning-up' })
  expect(events.map((event) => ('text' in event ? `${event.stream}: ${event.text}` : event.type))).toEqual([
    'stdout: is ',
    'stderr: in /usr/bin',
    'stdout: •••, or ',
    'stdout: hunt',
    'phase',
  ])
})

it('nothing is in the way of a run without an environment', () => {
  const emit = () => {}
  expect(maskEvents(emit, 'linux/ppc64le')).toBe(emit)
  expect(maskEvents(emit, 'linux/ppc64le', { PATH: '/usr/local/bin' })).toBe(emit)
})
