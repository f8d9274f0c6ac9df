import { describe, expect, test } from 'vitest'
import { loadConfig } from './load-config.ts'

const FILE = '/srv/archway.yaml'

function load(text: string, files: Record<string, string> = {}) {
  return loadConfig(FILE, (file) => {
    const found = { ...files, [FILE]: text }[file]
    if (found === undefined) throw new Error('ENOENT')
    return found
  })
}

function faultsOf(text: string): readonly string[] {
  try {
    load(text)
  } catch (error) {
    expect(error).toMatchObject({ code: 'settings_invalid', hint: expect.any(String) })
    const told = /^archway\.yaml is not valid: (.*)\.$/s.exec((error as Error).message)?.[1] ?? ''
    return told.split('; /srv/').map((line) => line.replace(/^(\/srv\/)?archway\.yaml:/, ''))
  }
  throw new Error('it was accepted')
}

describe('what is said is heard', () => {
  test.each(['', '# nothing yet\n', '{}', '---\n'])(
    '%j says nothing: engines are found by themselves',
    (text) =>
      expect(load(text)).toEqual({
        file: FILE,
        engines: undefined,
        discover: true,
        policy: { require: [], exceptions: [] },
        profiles: [],
        retention: {},
        badges: { staleAfterDays: 30 },
      }),
  )

  test('what images must satisfy', () =>
    expect(
      load(`
require:
  - { repository: quay.io/power/*, tags: [v*, latest], platforms: [ppc64el, linux/amd64] }
exceptions:
  - check: META-005
    platform: s390x
    repository: quay.io/power/app
    reason: runs without JIT
    expires: 2026-12-31
`).policy,
    ).toEqual({
      require: [
        {
          repository: 'quay.io/power/*',
          tags: ['v*', 'latest'],
          platforms: ['linux/ppc64le', 'linux/amd64'],
        },
      ],
      exceptions: [
        {
          check: 'META-005',
          platform: 'linux/s390x',
          repository: 'quay.io/power/app',
          reason: 'runs without JIT',
          expires: '2026-12-31',
        },
      ],
    }))

  test('no file at all', () =>
    expect(loadConfig(undefined)).toMatchObject({
      file: undefined,
      engines: undefined,
      discover: true,
    }))

  test('engines, and no others', () => {
    const text = `
engines:
  - name: laptop
    address: unix:///run/user/7/docker.sock
  - { name: power 9, address: "tcp://p9.example:2376", platforms: [ppc64el, linux/ppc64le/power9],
      tls: { ca: tls/ca.pem, cert: /etc/cert.pem, key: /etc/key.pem } }
  - name: off
    address: tcp://off.example
    enabled: false
`
    const files = { '/srv/tls/ca.pem': 'CA', '/etc/cert.pem': 'CERT', '/etc/key.pem': 'KEY' }
    expect(load(text, files)).toEqual({
      file: FILE,
      policy: { require: [], exceptions: [] },
      profiles: [],
      retention: {},
      badges: { staleAfterDays: 30 },
      discover: false,
      engines: [
        { name: 'laptop', address: { kind: 'unix', path: '/run/user/7/docker.sock' } },
        {
          name: 'power 9',
          address: {
            kind: 'tcp',
            host: 'p9.example',
            port: 2376,
            tls: { ca: 'CA', cert: 'CERT', key: 'KEY' },
          },
          platforms: ['linux/ppc64le', 'linux/ppc64le/power9'],
        },
      ],
    })
  })

  test('others as well', () =>
    expect(load('discover: true\nengines: []')).toMatchObject({ discover: true, engines: [] }))
})

describe('every fault is told, each with its place', () => {
  test.each<[string, string, RegExp[]]>([
    ['a bracket that is not closed', 'engines: [', [/^1:\d+ is no YAML: /]],
    ['a tab as indentation', 'engines:\n\t- name: a', [/^2:1 is no YAML: Tabs are not allowed/]],
    ['a key given twice', 'discover: true\ndiscover: false', [/^2:1 is no YAML: Map keys must be unique/]],
    [
      'two documents',
      'discover: true\n---\ndiscover: true',
      [/is no YAML: Source contains multiple documents/],
    ],
    ['an alias of nothing', 'engines: *gone', [/alias/i]],
    ['a list', '- a', [/^1:1 the file must be a mapping/]],
    ['a text', 'hello', [/^1:1 the file must be a mapping/]],
    ['engines that are no list', 'engines: docker', [/^1:10 “engines” must be a list/]],
    ['no engines after all', 'engines:', [/“engines” must be a list/]],
    ['yes instead of true', 'discover: yes', [/^1:11 “discover” must be true or false/]],
    ['a requirement that is none', 'require: [ppc64le]', [/^1:11 “require.0” must be a mapping/]],
    [
      'a typing error in an exception',
      'exceptions:\n  - check: META-005\n    repositry: "**"\n    reason: r\n    expires: 2026-12-31\n',
      [
        /^2:5 “exceptions.0.repository” is missing/,
        /^3:5 “repositry” is no key here; did you mean “repository”/,
      ],
    ],
    [
      'a day that is none',
      'exceptions:\n  - { check: META-005, repository: "**", reason: r, expires: soon }\n',
      [/^2:62 “exceptions.0.expires” must be a day, such as 2026-12-31/],
    ],
    ['no retention', 'retention: { days: 0 }', [/^1:20 “retention.days” must be 1 or more/]],
    ['too long a retention', 'retention: { days: 99999 }', [/^1:20 “retention.days” must be 36500 or less/]],
    ['a mistyped key', 'engine: []', [/^1:1 “engine” is no key here; did you mean “engines”\?$/]],
    [
      'a key of nowhere',
      'colour: red',
      [
        /^1:1 “colour” is no key here; known are engines, discover, require, exceptions, profiles, retention, badges$/,
      ],
    ],
    ['__proto__', '__proto__: 1', [/^1:1 “__proto__” is no key here/]],
    [
      'nothing of an engine',
      'engines:\n  - {}',
      [/^2:5 “engines.0.name” is missing/, /^2:5 “engines.0.address” is missing/],
    ],
    [
      'a number as name',
      'engines:\n  - name: 9\n    address: unix:///x',
      [/^2:11 “engines.0.name” must be a text/],
    ],
    [
      'a path as name',
      'engines: [{name: /x, address: "unix:///x"}]',
      [/^1:18 “engines.0.name” must be 1 to 64/],
    ],
    [
      'a name of two',
      'engines: [{name: a, address: "unix:///x"}, {name: a, address: "unix:///y"}]',
      [/^1:\d+ “engines.1.name” is “a” once more/],
    ],
    [
      'ssh with an option in it',
      'engines: [{name: a, address: "ssh://-oProxyCommand=b"}]',
      [/^1:30 “engines.0.address” cannot be used: .*names no host/],
    ],
    [
      'ssh with TLS, and its configuration elsewhere',
      'engines: [{name: a, address: "ssh://b", tls: {}}, {name: c, address: "unix:///x", sshConfig: /x}]',
      [/0.tls” has no meaning within SSH/, /1.sshConfig” names a file/, /1.sshConfig” .* ssh:\/\/ alone/],
    ],
    ['an odd port', 'engines: [{name: a, address: "tcp://b:99999"}]', [/^1:30 .*names no host/]],
    [
      'a socket with TLS',
      'engines: [{name: a, address: "unix:///x", tls: {}}]',
      [/has no meaning for a socket/],
    ],
    [
      'a certificate without its key',
      'engines: [{name: a, address: "tcp://x", tls: {cert: c.pem}}]',
      [/“cert” and “key” together/, /“engines.0.tls.cert” names a file/],
    ],
    [
      'a certificate that is not there',
      'engines: [{name: a, address: "tcp://x", tls: {ca: c.pem}}]',
      [/^1:51 “engines.0.tls.ca” names a file that cannot be read/],
    ],
    [
      'a platform that is none',
      'engines: [{name: a, address: "tcp://x", platforms: [a/b/c/d]}]',
      [/^1:53 .*is not a platform/],
    ],
    [
      'all at once, in order',
      'engines:\n  - name: a\n    adress: unix:///x\n    tsl: {}\n  - nme: b\n    address: 7\ndiscover: 1\n',
      [
        /^2:5 .*address” is missing/,
        /^3:5 .*did you mean “address”/,
        /^4:5 .*did you mean “tls”/,
        /^5:5 /,
        /^5:5 /,
        /^6:14 .*must be a text/,
        /^7:11 /,
      ],
    ],
  ])('%s', (_, text, told) => {
    const faults = faultsOf(text)
    expect(faults).toEqual(told.map((each) => expect.stringMatching(each)))
  })

  test('aliases that multiply are refused', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, at) =>
        `a${at}: &a${at} [${Array(9)
          .fill(at ? `*a${at - 1}` : 'x')
          .join(', ')}]`,
    )
    expect(faultsOf(bomb.join('\n'))[0]).toMatch(/aliases/)
  })

  test('a long list of faults is cut', () => {
    const text = Array.from({ length: 30 }, (_, at) => `k${at}: 1`).join('\n')
    expect(faultsOf(text).at(-1)).toMatch(/and 10 more$/)
  })

  test('a file that cannot be read', () =>
    expect(() => loadConfig('/srv/gone.yaml')).toThrow(/\/srv\/gone\.yaml cannot be read/))
})
