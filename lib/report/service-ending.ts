import { type Ending, ending } from './ending.ts'
import type { SeenHealth, SeenPort, ServiceSeen } from './service-seen.ts'

/** Enough to see what listens where. */
const LISTED_MAX = 4

/**
 * How a service that was still running at the end falls short of what was asked, beyond running; undefined when it does
 * not. `slow` is the verdict for what slowness may have caused as well: under emulation nobody knows.
 */
export function serviceEnding(
  { port, health }: ServiceSeen,
  limitMs: number,
  slow: 'failed' | 'inconclusive',
): Ending | undefined {
  return (
    (health && unhealthyEnding(health, limitMs, slow)) ??
    (port && !port.answered ? silent(port, limitMs, slow) : undefined)
  )
}

/** What a service showed beyond running, as evidence of its passing. */
export function serviceEvidence({ port, health }: ServiceSeen): Ending['evidence'] {
  return ending('passed', 'still-running', {
    ...(port?.answered
      ? { port: port.port, path: port.path, status: port.status, answeredAfterMs: port.afterMs }
      : {}),
    ...(health?.status === 'healthy' ? { healthyAfterMs: health.afterMs } : {}),
  }).evidence
}

function silent(seen: SeenPort, limitMs: number, slow: 'failed' | 'inconclusive'): Ending {
  const { port, path, status, listening, problem } = seen
  if (problem !== undefined) return ending('inconclusive', 'service-unseen', { message: problem })
  // Who is asked for what it does not have, or refuses it, is not slow.
  const verdict = status !== undefined && status >= 400 && status < 500 ? 'failed' : slow
  return ending(verdict, 'port-silent', {
    port,
    path,
    status,
    limitMs,
    listening: listening.length === 0 ? undefined : listening.slice(0, LISTED_MAX).join(', '),
  })
}

function unhealthyEnding(
  { status, exitCode, output, problem }: SeenHealth,
  limitMs: number,
  slow: 'failed' | 'inconclusive',
): Ending | undefined {
  if (problem !== undefined) return ending('inconclusive', 'service-unseen', { message: problem })
  switch (status) {
    case 'healthy':
      return undefined
    case 'none':
      return ending('failed', 'no-health-check')
    case 'unknown':
      return ending('inconclusive', 'service-unseen', {
        message: 'no try of its health check came to an end.',
      })
    case 'unhealthy':
      return ending(slow, 'unhealthy', { exitCode, message: output })
    case 'starting':
      return ending(slow, 'unhealthy', { exitCode, message: output, limitMs })
  }
}
