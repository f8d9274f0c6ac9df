import { describe, expect, test } from 'vitest'
import { reportFixture } from '#lib/report/testing/report-fixtures.ts'
import { jobAnchor } from './job-anchor.ts'
import { profileFacts } from './profile-facts.ts'
import { reportTitle } from './report-title.ts'
import { maskedNote, reachNote } from './share-notes.ts'
import { timelineOf } from './timeline-model.ts'

describe('a timeline', () => {
  const at = (ms: number) => new Date(Date.UTC(2026, 0) + ms).toISOString()

  test('places steps on one scale', () => {
    const timeline = timelineOf([
      { name: 'pull', startedAt: at(0), durationMs: 500, bytes: 68_000_000 },
      { name: 'run', startedAt: at(1_000), durationMs: 1_000, attempt: 2 },
    ])
    expect(timeline).toEqual({
      total: '2.0 s',
      steps: [
        { word: 'Pull', start: 0, width: 0.25, duration: '0.5 s', note: '68.0 MB' },
        { word: 'Run', start: 0.5, width: 0.5, duration: '1.0 s', note: 'attempt 2' },
      ],
    })
  })

  test('of nothing is none; of an instant it divides by nothing', () => {
    expect(timelineOf([])).toBeUndefined()
    const timeline = timelineOf([{ name: 'pull', startedAt: at(0), durationMs: 0 }])
    expect(timeline?.steps[0]).toMatchObject({ start: 0, width: 0, note: 'was there already' })
  })
})

describe('what was asked', () => {
  test('has its defaults named', () => {
    expect(profileFacts({})).toEqual([
      { name: 'Expected', value: 'to end with exit code 0' },
      { name: 'Network', value: 'none' },
    ])
  })

  test('is told whole, its environment elsewhere', () => {
    const facts = profileFacts({
      command: ['serve', '--port', '80 80'],
      service: { afterMs: 10_000 },
      expectOutput: '/up/',
      timeoutMs: 90_000,
      network: true,
      env: { A: 'b' },
    })
    expect(facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "Command: serve --port '80 80'",
      'Expected: keeps running for 10.0 s',
      'Output: /up/',
      'Time limit: 1 min 30 s',
      'Network: allowed',
    ])
  })
})

test('a link says what it masks before it is made, and where it leads', () => {
  expect(maskedNote([])).toContain('nothing is masked')
  expect(maskedNote(['TOKEN', 'PASS'])).toContain('the values of TOKEN, PASS')
  expect(reachNote({ hostname: '127.0.0.1', host: '127.0.0.1:3000' })).toContain('127.0.0.1:3000')
  expect(reachNote({ hostname: 'archway.example', host: 'archway.example' })).toBeUndefined()
})

test('titles and anchors are made of verdict, reference and platform', () => {
  expect(reportTitle(reportFixture([], 'inconclusive'))).toBe('Inconclusive: quay.io/power/app:1.27.0')
  expect(reportTitle(reportFixture([], undefined))).toBe('Cancelled: quay.io/power/app:1.27.0')
  expect(jobAnchor('windows(10.0.1)/amd64')).toBe('windows-10-0-1-amd64')
})
