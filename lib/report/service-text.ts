import type { ServiceProfile } from './run-profile.ts'
import { isLoopbackOnly, type SeenHealth, type SeenPort, type ServiceSeen } from './service-seen.ts'

/** `640 ms`, `2.1 s` */
function since(ms: number | undefined): string {
  return ms === undefined ? '' : ` after ${ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`}`
}

/** What a service has to do, for people: “keeps running for 10 s”, “answers GET /healthz on port 8080”. */
export function serviceDemands(
  { afterMs, port, path, health }: ServiceProfile,
  duration: (ms: number) => string,
): readonly string[] {
  return [
    ...(afterMs === undefined ? [] : [`keeps running for ${duration(afterMs)}`]),
    ...(port === undefined ? [] : [`answers ${path === undefined ? '' : `GET ${path} `}on port ${port}`]),
    ...(health ? ['passes its health check'] : []),
  ]
}

/** What was seen of it, as pairs of label and text: “Port 8080”, “answered GET /healthz with 200 after 640 ms”. */
export function seenTexts({ port, health }: ServiceSeen): readonly (readonly [string, string])[] {
  return [
    ...(port ? [[`Port ${port.port}`, portText(port)] as const] : []),
    ...(health ? [['Health check', healthText(health)] as const] : []),
  ]
}

function portText(seen: SeenPort): string {
  const { answered, path, status, address, afterMs, listening, problem } = seen
  const what = path === undefined ? '' : ` GET ${path}`
  if (answered) {
    const with_ = status === undefined ? '' : ` with ${status}`
    const note = isLoopbackOnly(seen)
      ? '; it listens on the loopback alone, where nobody outside its container reaches it'
      : ''
    return `answered${what}${with_}${since(afterMs)}, on ${address}${note}`
  }
  if (problem !== undefined) return `could not be tried: ${problem}`
  const last = status === undefined ? '' : `; its last answer was ${status}`
  const places = listening.length === 0 ? '' : `; listening was ${listening.join(', ')}`
  return `did not answer${what}${last}${places}`
}

function healthText({ status, afterMs, exitCode, output, problem }: SeenHealth): string {
  const told = output === undefined ? '' : `: ${output}`
  switch (status) {
    case 'healthy':
      return `passed${since(afterMs)}`
    case 'unhealthy':
      return `failed with exit code ${exitCode}${told}`
    case 'starting':
      return exitCode === undefined ? 'had not ended' : `had not passed; exit code ${exitCode}${told}`
    case 'none':
      return 'the image has none'
    case 'unknown':
      return `could not be seen${problem === undefined ? '' : `: ${problem}`}`
  }
}
