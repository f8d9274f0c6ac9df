import { describe, expect, test } from 'vitest'
import { parseConfig } from '#lib/config/parse-config.ts'

const START = 'profiles:\n  - name: a\n    repository: "**"\n'
const parse = (text: string) => parseConfig(START + text, 'archway.yaml', () => true).profiles[0]?.profile

function faultsOf(text: string): string[] {
  try {
    parse(text)
    return []
  } catch (error) {
    const { message } = error as Error
    return message.split('\n').map((line) => line.replace(/^.*archway\.yaml:/, ''))
  }
}

describe('a profile', () => {
  test('of a service, with files and a platform of its own', () => {
    const profile = parse(`    service: { port: 8080, path: /up?deep=1, health: true, afterMs: 5000 }
    files:
      /etc/app.conf: |
        port: 8080
    platforms:
      ppc64le: { timeoutMs: 300000, env: { JIT: "off" } }
`)
    expect(profile).toEqual({
      service: { port: 8080, path: '/up?deep=1', health: true, afterMs: 5_000 },
      files: { '/etc/app.conf': 'port: 8080\n' },
      platforms: { ppc64le: { timeoutMs: 300_000, env: { JIT: 'off' } } },
    })
  })

  test.each<[string, string, RegExp[]]>([
    [
      'a service of nothing',
      '    service: {}\n',
      [/^4:14 .*service” must have “afterMs”, “port” or “health”/],
    ],
    ['health that is off', '    service: { health: false }\n', [/^4:14 .* must have “afterMs”/]],
    [
      'a port of its own kind',
      '    service: { port: 70000 }\n',
      [/^4:22 .*port” must be a port from 1 to 65535/],
    ],
    ['a port as text', '    service: { port: http }\n', [/^4:22 .*port” must be a number/]],
    ['a path without a port', '    service: { afterMs: 500, path: /up }\n', [/^4:36 .*path” needs a “port”/]],
    ['a path that is none', '    service: { port: 80, path: "up" }\n', [/^4:32 .*must begin with a slash/]],
    [
      'a path with a line end',
      '    service: { port: 80, path: "/ HTTP/1.1\\r\\nX: y" }\n',
      [/^4:32 .*must begin with a slash, and hold no blanks/],
    ],
    ['a mistyped key', '    service: { prot: 80 }\n', [/^4:16 “prot” is no key here; did you mean “port”/]],
    [
      'a file with a relative path',
      '    files: { etc/x: a }\n',
      [/^4:\d+ .*etc\/x” must begin with a slash/],
    ],
    ['a file above everything', '    files: { /a/../../x: a }\n', [/^4:\d+ .* must not hold “.” or “..”/]],
    ['a file that is a folder', '    files: { /a/: a }\n', [/^4:\d+ .* end with a slash/]],
    [
      'a file that would not be seen',
      '    files: { /tmp/x: a }\n',
      [/^4:\d+ .*\/tmp\/x” is the engine’s own, or empty/],
    ],
    [
      'a file in a file',
      '    files: { /a: x, /a/b: y }\n',
      [/^4:\d+ .*\/a\/b” lies below \/a, which is a file/],
    ],
    [
      'a file with a long path',
      `    files: { /${'x'.repeat(100)}: a }\n`,
      [/^4:\d+ .* must not be longer than 100 bytes/],
    ],
    ['a file that is a list', '    files: { /a: [b] }\n', [/^4:\d+ .*\/a” must be a text/]],
    ['a file with a NUL', '    files: { /a: "\\0" }\n', [/^4:\d+ .* must not hold a NUL character/]],
    [
      'too many files',
      `    files: {${Array.from({ length: 33 }, (_, at) => `/f${at}: a`).join(', ')}}\n`,
      [/^4:12 .*files” must not be more than 32 files/],
    ],
    ['a platform that is none', '    platforms: { "a b": {} }\n', [/^4:\d+ .*a b” is no platform’s/]],
    [
      'tests of one platform',
      '    platforms: { ppc64le: { tests: x } }\n',
      [/^4:\d+ “tests” is no key here; known are entrypoint, command/],
    ],
    [
      'a mistyped key of a platform',
      '    platforms:\n      ppc64le:\n        service: { prot: 1 }\n',
      [/^6:20 “prot” is no key here; did you mean “port”/],
    ],
    [
      'a pattern of a platform that is none',
      '    platforms:\n      ppc64le:\n        expectOutput: /(/\n',
      [/^6:23 .*platforms.ppc64le.expectOutput” /],
    ],
  ])('%s is told with its line', (_, text, expected) => {
    const faults = faultsOf(text)
    for (const fault of expected) expect(faults).toContainEqual(expect.stringMatching(fault))
  })
})
