import { expect, test } from 'vitest'
import { validateCommand, validateTwin } from './validate-command.ts'

const ref = 'quay.io/power/app:1.0'

test.each<[string, Parameters<typeof validateCommand>[0], string]>([
  ['nothing but the reference', { ref }, ''],
  [
    'platforms',
    { ref, platforms: ['linux/amd64', 'linux/ppc64le'] },
    ' --platform linux/amd64,linux/ppc64le',
  ],
  [
    'what a shell would touch',
    { ref, profile: { expectOutput: "it's {platform} $HOME", env: { A: 'b c', E: '' } } },
    ` --expect-output 'it'\\''s {platform} $HOME' --env 'A=b c' --env E=`,
  ],
  [
    'numbers and switches',
    {
      ref,
      removeImages: true,
      profile: { expectExitCode: 3, timeoutMs: 1_500, service: { afterMs: 10_000 }, network: true },
    },
    ' --expect-exit-code 3 --timeout 1.5 --service 10 --network --remove-images',
  ],
  [
    'a service and its files',
    {
      ref,
      profile: {
        service: { port: 8080, path: '/up?a=1&b', health: true },
        files: { '/etc/app/my config.yaml': 'secret' },
      },
    },
    " --port 8080 --path '/up?a=1&b' --health --file 'my config.yaml:/etc/app/my config.yaml'",
  ],
  [
    'another command',
    { ref, profile: { entrypoint: ['/bin/sh', '-c'], command: ['echo hi', '--flag'] } },
    " --entrypoint /bin/sh --entrypoint -c -- 'echo hi' --flag",
  ],
  [
    'what one platform is asked otherwise',
    {
      ref,
      profile: {
        layers: false,
        platforms: {
          'linux/ppc64le': {
            timeoutMs: 300_000,
            expectOutput: 'on $POWER',
            entrypoint: ['-c'],
            command: ['a b'],
            service: { port: 80, health: true },
            files: { '/etc/a': 'secret' },
            network: false,
            limits: { pids: 9 },
          },
        },
      },
    },
    " --no-layers --on 'linux/ppc64le:expect-output=on $POWER' --on linux/ppc64le:timeout=300 --on linux/ppc64le:port=80" +
      ' --on linux/ppc64le:health --on linux/ppc64le:file=a:/etc/a --on linux/ppc64le:no-network --on linux/ppc64le:pids=9' +
      " --on linux/ppc64le:entrypoint=-c --on 'linux/ppc64le:command=a b'",
  ],
])('the command line says %s', (_, request, options) => {
  expect(validateCommand(request)).toBe(`archway validate ${ref}${options}`)
})

test.each([{ waitFor: ['linux/ppc64le'] }, { profile: { platforms: { ppc64le: { command: [] } } } }])(
  'there is none for what only a request can say: %j',
  (more) => {
    expect(validateTwin({ ref, ...more })).toEqual({})
    expect(validateTwin({ ref })).toEqual({ cli: `archway validate ${ref}` })
  },
)

test('the command line can leave values to the shell, so that no secret is in it', () => {
  const env = { TOKEN: 'supersecret', 'A$(id)': 'x' }
  const profile = { env, platforms: { 'linux/s390x': { env } } }
  expect(validateCommand({ ref, profile }, { hidesEnv: true })).toBe(
    `archway validate ${ref} --env TOKEN="$TOKEN" --env 'A$(id)=…'` +
      ` --on linux/s390x:env=TOKEN="$TOKEN" --on linux/s390x:env='A$(id)=…'`,
  )
})

test('files that the command line reads are told beside it', () => {
  const own = { files: { '/etc/b.conf': 'x', '/opt/a.conf': 'y' } }
  const profile = { tests: 'x', files: { '/etc/a.conf': 'x' }, platforms: { 'linux/s390x': own } }
  expect(validateTwin({ ref, profile }).note).toBe(
    'It reads tests.yaml, a.conf, b.conf where it is started: the texts of this run.',
  )
})
