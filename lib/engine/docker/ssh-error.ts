import { AppError } from '#lib/errors/app-error.ts'
import { quoteWords } from './quote-words.ts'

/** How an `ssh` ended that should have carried a call. */
export interface SshEnd {
  /** It could not be started. */
  readonly error?: NodeJS.ErrnoException
  /** Its own 255, or what ran there ended with. */
  readonly code?: number | null
  /** What it, or what ran there, complained of. */
  readonly words?: string
  /** The engine had begun to answer. */
  readonly wasAnswered?: boolean
}

type Reason = readonly [said: RegExp, text: string, hint: string]

const SAME_USER = 'as the user that runs Archway'

/** What `ssh`, the shell there, and `docker` say; the first that fits. */
const REASONS: readonly Reason[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    'shows another host key than the one that is known',
    'Find out why before anything else: the machine was set up anew, or somebody stands between.',
  ],
  [
    /Host key verification failed|No \S+ host key is known/i,
    'shows a host key that is not known here',
    `Connect once by hand ${SAME_USER}, and compare the fingerprint: ssh HOST.`,
  ],
  [
    /Permission denied \(/,
    'does not let this user in',
    `Add a key that needs no passphrase, or an agent that has it: ssh HOST has to work ${SAME_USER} without a question.`,
  ],
  [
    /Could not resolve hostname/,
    'has no address: the name is not known',
    'Look at its name in DOCKER_HOST or archway.yaml.',
  ],
  [
    /Connection refused/,
    'refuses connections: no SSH server listens there',
    'See whether sshd runs there, and on which port.',
  ],
  [
    /Connection timed out|Operation timed out|No route to host|Network is unreachable/,
    'is not reachable from here',
    'See whether its machine is up, and whether a firewall stands between.',
  ],
  [
    /docker: (?:command )?not found|docker: No such file|exec: docker/i,
    'has no docker command',
    'Install Docker’s command line there, where a login that runs one command finds it (PATH).',
  ],
  [
    /permission denied while trying to connect|dial unix \S+: connect: permission denied/i,
    'is reached, and its user may not use the engine there',
    'Add that user to the group of the socket there (usually “docker”).',
  ],
  [
    /Cannot connect to the Docker daemon|connect: connection refused|no such file or directory/i,
    'is reached, and no engine runs there',
    'Start Docker there, or name its socket: ssh://user@host/run/docker.sock.',
  ],
]

/** `engine_unavailable` with what went wrong on the way to an engine behind SSH. */
export function sshError(address: string, { error, code, words = '', wasAnswered }: SshEnd): AppError {
  if (error !== undefined) {
    const isMissing = error.code === 'ENOENT'
    return new AppError(
      'engine_unavailable',
      `The engine at ${address} is reached by ssh, which ${isMissing ? 'is not installed here' : 'could not be started'}.`,
      { hint: 'Install OpenSSH’s client.', cause: error },
    )
  }
  const known = REASONS.find(([said]) => said.test(words))
  const detail = { operatorDetail: `${address}: ssh ended with ${code}: ${quoteWords(words)}` }
  if (known)
    return new AppError('engine_unavailable', `The engine at ${address} ${known[1]}.`, {
      hint: known[2],
      ...detail,
    })
  const said = words.trim() === '' ? '' : `: ${quoteWords(words.trim())}`
  const what = wasAnswered ? 'broke the connection off' : 'could not be reached by ssh'
  return new AppError('engine_unavailable', `The engine at ${address} ${what}${said || '.'}`, {
    hint: 'See whether its machine is up and the engine still runs.',
    ...detail,
  })
}
