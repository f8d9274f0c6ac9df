import { expect, test } from 'vitest'
import { parseEngineAddress } from '../parse-engine-address.ts'
import { sshArguments } from './ssh-connector.ts'
import { type SshEnd, sshError } from './ssh-error.ts'

const argumentsFor = (address: string) => {
  const parsed = parseEngineAddress(address, { sshConfigFile: '/etc/archway/ssh' })
  return parsed.kind === 'ssh' ? sshArguments(parsed) : []
}

test('asks nobody, trusts no unknown host, and hands over one word each', () => {
  const words = argumentsFor('ssh://me@build.example:2222/run/docker.sock')
  expect(words).toEqual(expect.arrayContaining(['BatchMode=yes', 'StrictHostKeyChecking=yes']))
  expect(words.slice(0, 2)).toEqual(['-F', '/etc/archway/ssh'])
  expect(words.slice(words.indexOf('-l'))).toEqual([
    ...['-l', 'me', '-p', '2222', '--', 'build.example'],
    ...['docker', '--host', 'unix:///run/docker.sock', 'system', 'dial-stdio'],
  ])
})

test('an IPv6 address is written without its brackets', () =>
  expect(argumentsFor('ssh://[fe80::1]')).toEqual(expect.arrayContaining(['--', 'fe80::1'])))

test.each<[string, SshEnd, RegExp]>([
  ['no ssh', { error: Object.assign(new Error(), { code: 'ENOENT' }) }, /not installed here/],
  [
    'a changed key',
    {
      code: 255,
      words: '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
    },
    /another host key/,
  ],
  [
    'an unknown key',
    {
      code: 255,
      words:
        'No ED25519 host key is known for x and you have requested strict checking.\r\nHost key verification failed.\r\n',
    },
    /not known here/,
  ],
  ['a wrong user', { code: 255, words: 'me@x: Permission denied (publickey).' }, /does not let this user in/],
  [
    'a name that is none',
    { code: 255, words: 'ssh: Could not resolve hostname x: Name or service not known' },
    /no address/,
  ],
  [
    'nobody there',
    { code: 255, words: 'ssh: connect to host x port 22: Connection refused' },
    /no SSH server/,
  ],
  ['silence', { code: 255, words: 'ssh: connect to host x port 22: Connection timed out' }, /not reachable/],
  ['no docker', { code: 127, words: 'bash: line 1: docker: command not found' }, /no docker command/],
  ['no docker, a small shell', { code: 127, words: 'sh: 1: docker: not found' }, /no docker command/],
  [
    'no engine',
    { code: 1, words: 'Cannot connect to the Docker daemon at unix:///x. Is it running?' },
    /no engine runs there/,
  ],
  [
    'no rights',
    { code: 1, words: 'permission denied while trying to connect to the Docker daemon socket' },
    /may not use the engine/,
  ],
  ['an end in the middle', { code: 255, words: '', wasAnswered: true }, /broke the connection off\.$/],
  ['anything else', { code: 3, words: 'strange\u001b[31m words\n' }, /by ssh: strange \[31m words$/],
])('%s is told', (_, end, message) =>
  expect(sshError('ssh://me@x', end)).toMatchObject({
    code: 'engine_unavailable',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  }),
)
