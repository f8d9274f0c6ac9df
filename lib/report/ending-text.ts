import type { Ending, EndingReason } from './ending.ts'

type Evidence = Ending['evidence']

const WALLS: Readonly<Record<string, string>> = {
  'root-file-system': 'write to its root file system',
  privileges: 'use privileges',
  network: 'use the network',
}

const TEXTS: Readonly<Record<EndingReason, (evidence: Evidence) => string>> = {
  'as-expected': ({ exitCode, cpu }) =>
    `Ran to its end with exit code ${exitCode}, as expected${onNewer(cpu)}.`,
  'still-running': stillRunning,
  'exit-code': ({ exitCode, expectedExitCode }) =>
    `Ended with exit code ${exitCode}; expected was ${expectedExitCode}.`,
  output: ({ expected }) => `Ran, but did not write “${expected}”.`,
  'service-ended': ({ exitCode }) => `Ended with exit code ${exitCode}; a service has to keep running.`,
  'port-silent': portSilent,
  unhealthy: ({ limitMs, message }) =>
    `${limitMs === undefined ? 'Its health check failed' : `Its health check had not passed within ${seconds(limitMs)}`}${message === undefined ? '.' : `: ${message}`}`,
  'no-health-check': () => 'It was to pass its health check, and the image has none.',
  signal: ({ signal }) => `Died of ${signal}.`,
  'illegal-instruction': () => 'Died of an instruction that this processor does not know (SIGILL).',
  'cpu-baseline': ({ message }) => `Needs a newer processor than it ran on: ${message}`,
  'page-size': () => 'Was built for another memory page size than this kernel has.',
  'timed-out': ({ limitMs, factor }) => `Did not end within its time limit${limitText(limitMs, factor)}.`,
  'out-of-memory': () => 'Was killed because it needed more memory than its limit.',
  'exec-format': (evidence) =>
    'started' in evidence
      ? `Started something that Linux cannot execute: ${evidence.started}`
      : 'path' in evidence
        ? `${evidence.path} is nothing that Linux can execute (exec format error).`
        : 'The kernel cannot execute it (exec format error).',
  'not-found': ({ path }) => `The entrypoint ${path} is not in the image.`,
  'not-executable': ({ path, message }) =>
    path === undefined ? `The entrypoint may not be executed: ${message}` : `${path} may not be executed.`,
  'missing-interpreter': ({ path, interpreter }) =>
    `${path} is a script for ${JSON.stringify(interpreter)}, which is not in the image.`,
  'missing-loader': ({ path, interpreter }) =>
    `${path} needs the loader ${interpreter}, which is not in the image.`,
  'no-command': () => 'The image names neither an entrypoint nor a command.',
  'link-loop': ({ path }) => `${path} never leads to a file: links or scripts in a circle.`,
  'no-such-user': ({ message }) => `The image’s user is not in the image: ${message}`,
  'not-in-index': () => 'The image does not have this platform.',
  'broken-image': ({ message }) => `The image is broken: ${message}`,
  'not-in-registry': ({ code, message }) =>
    code === 'blob_unknown'
      ? `The registry does not have all of the image: ${message}`
      : 'The index lists an image that the registry does not have.',
  'no-emulator': () =>
    'The binaries are right, and the engine could not execute them: it lacks an emulator for this platform.',
  'emulator-crash': ({ signal, exitCode }) =>
    `Died of ${signal ?? `an emulator fault (exit code ${exitCode})`} under emulation, which crashes by itself too.`,
  killed: () =>
    'Was killed (SIGKILL) from outside: not by its time limit, nor, as far as the engine tells, for want of memory.',
  sandbox: ({ what, message }) => `Wanted to ${WALLS[String(what)]}, which the sandbox forbids: ${message}`,
  'start-refused': ({ message }) =>
    `The engine could not start it${message === undefined ? '.' : `: ${message}`}`,
  'output-truncated': ({ expected }) =>
    `Wrote more than is kept, so “${expected}” may have been in the rest.`,
  'pattern-too-slow': ({ expected }) => `Looking for ${expected} in the output took too long.`,
  'tests-unknown': ({ message }) => `It ran as expected; not all of its tests could be judged: ${message}`,
  'service-unseen': ({ message }) => `It kept running, and whether it works could not be seen: ${message}`,
  'binaries-unseen': () => 'It ran, but which binaries ran could not be told.',
  'binaries-unknown': () => 'It ran, but Archway does not know how binaries of this platform look.',
  'other-image': ({ enginePlatform }) =>
    `The engine says that what it pulled is an image for ${enginePlatform}.`,
  'engine-failed': ({ message, hint }) =>
    `The engine failed${message === undefined ? '.' : `: ${withHint(message, hint)}`}`,
  'pull-failed': ({ message, hint }) =>
    `The image could not be brought into the engine: ${withHint(message, hint)}`,
  interrupted: ({ starts, message }) =>
    message === undefined
      ? `Was begun ${starts} times, and each time Archway itself was stopped before it ended.`
      : `Archway was stopped while it waited or ran, and could not take it up again: ${message}`,
  'no-result': ({ until }) =>
    `It was to be run elsewhere, and no result was submitted${until === undefined ? '' : ` until ${until}`}.`,
  'no-engine': ({ message, hint }) =>
    message === undefined ? 'No engine was found.' : `No engine was found: ${withHint(message, hint)}`,
  'not-offered': ({ message }) =>
    `No engine here can run this platform${message === undefined ? '.' : `: ${message}`}`,
}

/** The emulator's own choice was too old for it. */
function onNewer(cpu: string | number | undefined): string {
  return cpu === undefined ? '' : `, once the emulator was told to be a ${cpu}`
}

/** ` of 7.5 s (2.5 s, times 3 for the emulation)`; older reports do not know it. */
function limitText(limitMs: string | number | undefined, factor: string | number | undefined): string {
  if (typeof limitMs !== 'number') return ''
  const scaled =
    typeof factor === 'number' && factor !== 1
      ? ` (${seconds(limitMs / factor)}, times ${factor} for the emulation)`
      : ''
  return ` of ${seconds(limitMs)}${scaled}`
}

function seconds(ms: string | number | undefined): string {
  const value = Number(ms)
  return value < 1_000 ? `${value} ms` : `${Math.round(value / 100) / 10} s`
}

function stillRunning({ port, path, status, answeredAfterMs, healthyAfterMs, cpu }: Evidence): string {
  const told = [
    ...(port === undefined
      ? []
      : [
          `answered on port ${port}${path === undefined ? '' : ` (${path}: ${status})`} after ${seconds(answeredAfterMs)}`,
        ]),
    ...(healthyAfterMs === undefined ? [] : [`its health check passed after ${seconds(healthyAfterMs)}`]),
  ]
  if (told.length === 0) return `Was still running when its time was up, as a service should${onNewer(cpu)}.`
  return `Kept running, ${told.join(', ')}, as a service should${onNewer(cpu)}.`
}

function portSilent({ port, path, status, limitMs, listening }: Evidence): string {
  const name = port === undefined ? 'Its port' : `Port ${port}`
  const within = limitMs === undefined ? 'in time' : `within ${seconds(limitMs)}`
  if (status !== undefined)
    return `${name} did not answer ${path ?? 'GET'} with 2xx or 3xx ${within}; its last answer was ${status}.`
  if (listening === undefined) return `${name} did not answer ${within}; nothing was listening anywhere.`
  const isThere = String(listening)
    .split(', ')
    .some((place) => place.endsWith(`:${port}`))
  if (isThere && path !== undefined) return `${name} was open, and did not answer ${path} in HTTP ${within}.`
  return `${name} did not answer ${within}; it was listening on ${listening}.`
}

/** What happened, and what to do: the one is of little use without the other. */
function withHint(message: string | number | undefined, hint: string | number | undefined): string {
  const text = String(message)
  return hint === undefined ? text : `${/[.!?]$/.test(text) ? text : `${text}.`} ${hint}`
}

/** One or two sentences for people about how a job ended. Holds foreign text: show it harmlessly. */
export function endingText(reason: EndingReason, evidence: Ending['evidence']): string {
  return TEXTS[reason](evidence)
}
