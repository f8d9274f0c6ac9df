import { describe, expect, test } from 'vitest'
import { endingText } from './ending-text.ts'
import { serviceEnding, serviceEvidence } from './service-ending.ts'
import { isLoopbackOnly, type ServiceSeen } from './service-seen.ts'

const LIMIT_MS = 30_000
const told = (seen: ServiceSeen) => {
  const ended = serviceEnding(seen, LIMIT_MS, 'failed')
  return ended && [ended.verdict, ended.reason, endingText(ended.reason, ended.evidence)]
}
const silent = { port: 8080, answered: false, listening: [] }

describe('a service that does not show what was asked', () => {
  test.each<[string, ServiceSeen, readonly string[]]>([
    [
      'listens nowhere',
      { port: silent },
      ['failed', 'port-silent', 'Port 8080 did not answer within 30 s; nothing was listening anywhere.'],
    ],
    [
      'listens elsewhere',
      { port: { ...silent, listening: ['127.0.0.1:9090'] } },
      ['failed', 'port-silent', 'Port 8080 did not answer within 30 s; it was listening on 127.0.0.1:9090.'],
    ],
    [
      'speaks no HTTP',
      { port: { ...silent, path: '/', listening: ['0.0.0.0:8080'] } },
      ['failed', 'port-silent', 'Port 8080 was open, and did not answer / in HTTP within 30 s.'],
    ],
    [
      'answers with an error',
      { port: { ...silent, path: '/up', status: 503 } },
      [
        'failed',
        'port-silent',
        'Port 8080 did not answer /up with 2xx or 3xx within 30 s; its last answer was 503.',
      ],
    ],
    [
      'could not be tried',
      { port: { ...silent, problem: 'there is no helper.' } },
      [
        'inconclusive',
        'service-unseen',
        'It kept running, and whether it works could not be seen: there is no helper.',
      ],
    ],
    [
      'is unhealthy',
      { health: { status: 'unhealthy', exitCode: 1, output: 'no database' } },
      ['failed', 'unhealthy', 'Its health check failed: no database'],
    ],
    [
      'is never healthy',
      { health: { status: 'starting', exitCode: 1 } },
      ['failed', 'unhealthy', 'Its health check had not passed within 30 s.'],
    ],
    [
      'has no health check',
      { health: { status: 'none' } },
      ['failed', 'no-health-check', 'It was to pass its health check, and the image has none.'],
    ],
    [
      'is never asked for its health',
      { health: { status: 'unknown' } },
      [
        'inconclusive',
        'service-unseen',
        'It kept running, and whether it works could not be seen: no try of its health check came to an end.',
      ],
    ],
  ])('%s', (_, seen, expected) => {
    expect(told(seen)).toEqual(expected)
  })

  test('is judged as slow under emulation, and not where slowness is no excuse', () => {
    expect(serviceEnding({ port: silent }, LIMIT_MS, 'inconclusive')?.verdict).toBe('inconclusive')
    const missing = { port: { ...silent, path: '/', status: 404 } }
    expect(serviceEnding(missing, LIMIT_MS, 'inconclusive')?.verdict).toBe('failed')
  })
})

describe('a service that does', () => {
  const port = { port: 8080, path: '/up', answered: true, status: 200, afterMs: 640, address: '127.0.0.1' }
  test('says so', () => {
    const seen: ServiceSeen = {
      port: { ...port, listening: [] },
      health: { status: 'healthy', afterMs: 2_140 },
    }
    expect(serviceEnding(seen, LIMIT_MS, 'failed')).toBeUndefined()
    expect(endingText('still-running', serviceEvidence(seen))).toBe(
      'Kept running, answered on port 8080 (/up: 200) after 640 ms, its health check passed after 2.1 s, as a service should.',
    )
    expect(endingText('still-running', serviceEvidence({}))).toMatch(/^Was still running/)
  })
  test.each([
    [['127.0.0.1:8080'], true],
    [['127.0.0.1:8080', '[::1]:8080'], true],
    [['127.0.0.1:8080', '0.0.0.0:8080'], false],
    [['127.0.0.1:9090', '[::]:8080'], false],
    [[], false],
  ])('listening on %j is for itself alone: %s', (listening, expected) => {
    expect(isLoopbackOnly({ ...port, listening })).toBe(expected)
  })
})
