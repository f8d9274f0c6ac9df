import type { Ending, EndingReason } from './ending.ts'
import type { ReportJob } from './model.ts'

type Evidence = Ending['evidence']

/** Why a job did not pass, as the end of “linux/ppc64le failed: …”. All begin with “it” or “its”: see `eachOf`. */
const CLAUSES: Readonly<Record<EndingReason, (evidence: Evidence) => string>> = {
  'as-expected': () => 'it ran as expected, and something else is wrong with it',
  'still-running': () => 'it kept running as expected, and something else is wrong with it',
  'exit-code': ({ exitCode }) => `it ended with exit code ${exitCode}`,
  output: () => 'it did not write what was expected',
  'service-ended': () => 'it ended, and a service has to keep running',
  'port-silent': ({ port }) => `it did not answer on port ${port}`,
  unhealthy: () => 'its own health check did not pass',
  'no-health-check': () => 'it has no health check to pass',
  signal: ({ signal }) => `it died of ${signal}`,
  'illegal-instruction': () => 'it uses an instruction that this processor does not know',
  'cpu-baseline': () => 'it needs a newer processor',
  'page-size': () => 'it was built for another memory page size',
  'timed-out': () => 'it did not end within its time limit',
  'out-of-memory': () => 'it needed more memory than its limit',
  'exec-format': ({ started }) =>
    started === undefined
      ? 'its entrypoint is nothing that Linux can execute'
      : 'it starts something that Linux cannot execute',
  'not-found': () => 'its entrypoint is not in the image',
  'not-executable': () => 'its entrypoint may not be executed',
  'missing-interpreter': () => 'its entrypoint is a script whose interpreter is missing',
  'missing-loader': () => 'its entrypoint needs a loader that is missing',
  'no-command': () => 'it says nothing of what to start',
  'link-loop': () => 'its entrypoint is a link that leads nowhere',
  'no-such-user': () => 'it wants to run as a user that it does not have',
  'not-in-index': () => 'it is missing from the image',
  'broken-image': () => 'it is broken',
  'not-in-registry': ({ code }) =>
    code === 'blob_unknown'
      ? 'it is not in the registry with all its parts'
      : 'it is listed, but not in the registry',
  'no-emulator': () => 'it could not be executed, for lack of an emulator',
  'emulator-crash': () => 'it crashed under emulation, which crashes by itself too',
  killed: () => 'it was killed from outside',
  sandbox: () => 'it wanted what the sandbox forbids',
  'start-refused': () => 'it was not started by the engine',
  'output-truncated': () => 'it wrote more than is kept',
  'pattern-too-slow': () => 'its output could not be searched in time',
  'tests-unknown': () => 'it ran, and not all of its tests could be judged',
  'service-unseen': () => 'it kept running, and whether it works could not be seen',
  'binaries-unseen': () => 'it ran, but nobody could tell which binaries',
  'binaries-unknown': () => 'it ran, but how its binaries should look is not known',
  'other-image': () => 'it came to the engine as an image for another platform',
  'engine-failed': () => 'it was lost by the engine',
  interrupted: () => 'it was not finished, because Archway was stopped',
  'no-result': () => 'it was to be run elsewhere, and no result came',
  'pull-failed': () => 'it could not be pulled',
  'no-engine': () => 'it found no engine to run on',
  'not-offered': () => 'it found no engine that can run it',
}

/**
 * A few words on why a job did not pass, for a stranger: what the look at the image found, before how it ended. Holds
 * next to no foreign text.
 */
export function jobClause({ ending, findings }: ReportJob): string | undefined {
  for (const { code, severity, evidence } of findings) {
    if (severity !== 'error') continue
    const found = findingClause(code, evidence)
    if (found !== undefined) return found
  }
  return ending && CLAUSES[ending.reason](ending.evidence)
}

/** The same of several jobs at once: “each ended with exit code 1”. */
export function eachOf(clause: string): string {
  if (clause.startsWith('its ')) return `in each, the ${clause.slice('its '.length)}`
  return clause.replace(/^it /, 'each ')
}

const FORMATS: Readonly<Record<string, string>> = {
  pe: 'a Windows program',
  'mach-o': 'a macOS program',
  'java-class': 'a Java class',
  wasm: 'a WebAssembly module',
  'broken-elf': 'a broken binary',
}

const ROLES: Readonly<Record<string, string>> = {
  interpreter: 'the interpreter of its entrypoint is',
  launched: 'what its entrypoint launches is',
}

function findingClause(code: string, evidence: Readonly<Record<string, unknown>>): string | undefined {
  switch (code) {
    case 'ELF-001':
      return `${ROLES[String(evidence.role)] ?? 'its entrypoint is'} ${FORMATS[String(evidence.format)] ?? binaryOf(evidence)}`
    case 'ELF-003':
      return evidence.reason === 'missing'
        ? 'its entrypoint needs a loader that is missing'
        : 'its entrypoint needs a loader that is of another architecture'
    case 'RUN-002':
      return `its own uname says ${String(evidence.said).slice(0, 64)}`
    case 'RUN-005':
      return `it failed ${evidence.failed} of ${evidence.total} tests written for it`
    case 'META-001':
      return `its config says ${evidence.config}`
    default:
      return undefined
  }
}

/** What tells the binary from the one that was expected: its machine, else its byte order or its size of a word. */
function binaryOf({ found, differsIn }: Readonly<Record<string, unknown>>): string {
  const [machine = '', bits = '', byteOrder = ''] = String(found).split(', ')
  const differs = Array.isArray(differsIn) ? differsIn : []
  const words = differs.includes('machine')
    ? machine
    : `${differs.includes('byte-order') ? byteOrder : bits} ${machine}`
  return `${/^(x86|S\/|[AEIOe])/.test(words) ? 'an' : 'a'} ${words} binary`
}
