import { describe, expect, it } from 'vitest'
import type { TreeEntry } from '#lib/image/tree/merge-layers.ts'
import { decodeImageConfig } from '#lib/oci/image-config.ts'
import { commandEnv, commandWords, SETUP_FAILED } from './command-words.ts'
import { judgeCommand } from './judge-command.ts'
import { judgeExistence } from './judge-files.ts'
import { judgeMetadata } from './judge-metadata.ts'
import { parseStructureTests } from './parse-structure-tests.ts'
import { readGoPattern } from './pattern.ts'
import type { FindPattern } from './test-result.ts'

const find: FindPattern = ({ source, flags }, text) => new RegExp(source, flags).test(text)
const parse = (text: string) => parseStructureTests(`schemaVersion: "2.0.0"\n${text}`, 'cst.yaml')

describe('a container-structure-test file', () => {
  it('is read with all its kinds of tests', () => {
    const tests = parse(`
globalEnvVars:
  - { key: A, value: 1 }
commandTests:
  - name: version
    setup: [["mkdir", "/tmp/x"]]
    command: app
    args: ["--version"]
    envVars: [{ key: B, value: "$PATH:/b" }]
    expectedOutput: ["(?i)v[0-9]+"]
fileExistenceTests:
  - { name: app, path: /app, permissions: -rwxr-xr-x, uid: 0, isExecutableBy: any }
fileContentTests:
  - { name: release, path: /etc/os-release, expectedContents: ["ID=debian"] }
metadataTest:
  exposedPorts: [8080]
  cmd: ["/app"]
`)
    expect(tests.commands[0]).toMatchObject({ exitCode: 0, env: [{ key: 'A', value: '1' }, { key: 'B' }] })
    expect(tests.commands[0]?.expectedOutput[0]?.pattern).toEqual({ source: 'v[0-9]+', flags: 'i' })
    expect(tests.existence[0]).toMatchObject({ shouldExist: true, uid: 0 })
    expect(tests.metadata).toMatchObject({ exposedPorts: ['8080'], cmd: ['/app'] })
  })
  it.each<[string, string, RegExp]>([
    ['an unsupported part', 'licenseTests: []', /cst\.yaml:2:1 “licenseTests” is not understood/],
    ['run options', 'containerRunOptions: {}', /“containerRunOptions” is not understood: the sandbox/],
    [
      'a key it does not know',
      'commandTests: [{ name: a, comand: b, command: c }]',
      /“comand” is no key here; known are name/,
    ],
    [
      'a missing name',
      'fileExistenceTests:\n  - path: /a',
      /cst\.yaml:3:5 “fileExistenceTests.0.name” is missing/,
    ],
    ['a relative path', 'fileExistenceTests: [{ name: a, path: a }]', /must be an absolute path/],
    [
      'a broken pattern',
      'commandTests: [{ name: a, command: b, expectedOutput: ["("] }]',
      /is no pattern that can be used/,
    ],
    [
      'a pattern that Go reads otherwise',
      'commandTests: [{ name: a, command: b, expectedOutput: ["[[:alpha:]]"] }]',
      /write \[A-Za-z\]/,
    ],
    ['nothing', 'commandTests: []', /holds no test/],
    ['no YAML', 'commandTests: [', /is no YAML/],
  ])('with %s is refused by name', (_, text, says) => expect(() => parse(text)).toThrow(says))
  it('of another version is refused', () =>
    expect(() => parseStructureTests('schemaVersion: "1.0.0"', 'x')).toThrow(/must be "2.0.0"/))
})

describe('a pattern of Go', () => {
  it.each([
    ['(?s)a.b', { source: 'a.b', flags: 's' }],
    ['(?P<n>x)', { source: '(?<n>x)', flags: '' }],
    ['\\Aa\\z', { source: '(?<![\\s\\S])a(?![\\s\\S])', flags: '' }],
    ['a\\\\Ab', { source: 'a\\\\Ab', flags: '' }],
  ])('%s', (text, read) => expect(readGoPattern(text)).toEqual(read))
  it.each(['(?U)a', 'a(?i)b', '\\Qa\\E', '\\pL', '[[:digit:]]', '('])('%s is refused', (text) =>
    expect(readGoPattern(text)).toBeTypeOf('string'),
  )
})

describe('what lies at a path', () => {
  const entry: TreeEntry = {
    path: 'tmp',
    type: 'directory',
    sizeBytes: 0,
    mode: 0o1777,
    uid: 5,
    gid: 0,
    layer: 0,
  }
  const judge = (test: object, has: TreeEntry | undefined = entry) =>
    judgeExistence({ name: 't', path: '/tmp', shouldExist: true, ...test }, has)
  it.each([
    ['there', {}, 'passed'],
    ['as ls writes it', { permissions: 'drwxrwxrwt' }, 'passed'],
    ['as Go writes it', { permissions: 'dtrwxrwxrwx' }, 'passed'],
    ['otherwise', { permissions: 'drwxr-xr-x' }, 'failed'],
    ['of another user', { uid: 0 }, 'failed'],
    ['executable', { isExecutableBy: 'owner' }, 'passed'],
    ['there against the rule', { shouldExist: false }, 'failed'],
  ] as const)('%s: %s', (_, test, verdict) => expect(judge(test).verdict).toBe(verdict))
  it('is missing', () => {
    expect(judgeExistence({ name: 't', path: '/x', shouldExist: true }, undefined).messages).toEqual([
      '/x is not in the image.',
    ])
    expect(judgeExistence({ name: 't', path: '/x', shouldExist: false }, undefined).verdict).toBe('passed')
  })
})

it('metadata is judged by the config', () => {
  const config = decodeImageConfig(
    Buffer.from(
      JSON.stringify({
        config: {
          Env: ['A=1', 'B=v2'],
          Cmd: ['/app'],
          ExposedPorts: { '80/tcp': {} },
          User: 'app',
          Labels: { a: 'b' },
        },
      }),
    ),
    'config',
  )
  const { metadata } = parse(`
metadataTest:
  envVars: [{ key: A, value: "1" }, { key: B, value: "v[0-9]", isRegex: true }, { key: C, value: x }]
  unboundEnvVars: [{ key: B }]
  labels: [{ key: a, value: c }]
  exposedPorts: ["80", "81"]
  unexposedPorts: ["80/tcp"]
  cmd: ["/app"]
  entrypoint: []
  user: root
`)
  expect(metadata && judgeMetadata(metadata, config, find).messages).toEqual([
    'The variable C is missing.',
    'The label a is “b”; expected is “c”.',
    'The variable B is set, and must not be.',
    'The port 81/tcp is missing.',
    'The port 80/tcp is there, and must not be.',
    'The user is “app”; expected is “root”.',
  ])
})

describe('a command test', () => {
  const { commands } = parse(
    'commandTests: [{ name: a, command: app, args: ["it\'s"], setup: [[touch, /tmp/a]], teardown: [[rm, /tmp/a]], exitCode: 3, expectedOutput: [one], excludedError: [bad] }]',
  )
  const [test] = commands
  if (test === undefined) throw new Error('no test')
  const judge = (outcome: object) =>
    judgeCommand(test, { exitCode: 3, stdout: 'one', stderr: '', outputTruncated: false, ...outcome }, find)
  it.each([
    ['as expected', {}, 'passed'],
    ['with another code', { exitCode: 0 }, 'failed'],
    ['without the output', { stdout: 'two' }, 'failed'],
    ['with what must not be', { stderr: 'bad' }, 'failed'],
    ['with more than is kept', { outputTruncated: true }, 'inconclusive'],
  ] as const)('%s: %s', (_, outcome, verdict) => expect(judge(outcome).verdict).toBe(verdict))
  it('says which step of its setup failed', () =>
    expect(judge({ exitCode: 125, stderr: `${SETUP_FAILED} 1 ended with 1\n` }).messages).toEqual([
      'Setup step 1 ended with 1; the command was not run.',
    ]))
  it('with steps is run by a shell, quoted', () => {
    const { entrypoint, command } = commandWords(test)
    expect(entrypoint).toEqual(['/bin/sh', '-c'])
    expect(command[0]).toContain("'app' 'it'\\''s'\narchway_code=$?")
  })
  it('without steps is run as it is', () =>
    expect(commandWords({ ...test, setup: [], teardown: [] })).toEqual({
      entrypoint: ['app'],
      command: ["it's"],
    }))
  it('gets variables that name the image’s', () =>
    expect(commandEnv([{ key: 'P', value: '$PATH:/x$NONE' }], ['PATH=/bin'])).toEqual({ P: '/bin:/x' }))
})
