import { describe, expect, test } from 'vitest'
import { chooseChallenge, parseChallenges } from './challenge.ts'

const plain = (header: string | string[] | undefined) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])

describe('WWW-Authenticate is understood as registries write it', () => {
  const hub = {
    realm: 'https://auth.docker.io/token',
    service: 'registry.docker.io',
    scope: 'repository:library/nginx:pull',
  }
  test.each<[string, string | string[] | undefined, unknown]>([
    ['no header', undefined, []],
    ['an empty header', '', []],
    [
      'Docker Hub',
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
      [['bearer', hub]],
    ],
    [
      'another order, spaces, another case',
      'BEARER  Scope="repository:library/nginx:pull" , SERVICE = "registry.docker.io",\tRealm="https://auth.docker.io/token"',
      [['bearer', hub]],
    ],
    ['basic', 'Basic realm="Registry Realm"', [['basic', { realm: 'Registry Realm' }]]],
    ['a scheme alone', 'Negotiate', [['negotiate', {}]]],
    [
      'escapes and commas within quotes',
      String.raw`Basic realm="a \"b\", c\\d", charset="UTF-8"`,
      [['basic', { realm: String.raw`a "b", c\d`, charset: 'UTF-8' }]],
    ],
    [
      'a scope with several actions',
      'Bearer realm="https://a/t",scope="repository:a/b:pull,push repository:c:pull"',
      [['bearer', { realm: 'https://a/t', scope: 'repository:a/b:pull,push repository:c:pull' }]],
    ],
    [
      'unquoted values',
      'Bearer realm=https://a.example/t,service=a.example',
      [['bearer', { realm: 'https://a.example/t', service: 'a.example' }]],
    ],
    [
      'an unquoted scope that holds a comma',
      'Bearer realm=https://a/t,scope=repository:x:pull,push,service=s',
      [['bearer', { realm: 'https://a/t', scope: 'repository:x:pull,push', service: 's' }]],
    ],
    [
      'several challenges in one header',
      'Negotiate, Basic realm="b", Bearer realm="https://a/t", service="s"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'b' }],
        ['bearer', { realm: 'https://a/t', service: 's' }],
      ],
    ],
    [
      'several headers',
      ['Basic realm="b"', 'Bearer realm="https://a/t"'],
      [
        ['basic', { realm: 'b' }],
        ['bearer', { realm: 'https://a/t' }],
      ],
    ],
    [
      'a token68 before another challenge',
      'Negotiate YIIabc, Basic realm="b"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'b' }],
      ],
    ],
    [
      'parameters without commas',
      'Bearer realm="https://a/t" service="s"',
      [['bearer', { realm: 'https://a/t', service: 's' }]],
    ],
    [
      'the first of two equal names',
      'Bearer realm="https://a/t",realm="https://evil/t"',
      [['bearer', { realm: 'https://a/t' }]],
    ],
  ])('%s', (_, header, expected) => {
    expect(plain(header)).toEqual(expected)
  })
})

describe('malformed headers never throw and keep what is sound', () => {
  test.each<[string, unknown]>([
    ['Bearer realm="https://a/t', [['bearer', { realm: 'https://a/t' }]]],
    ['Bearer realm="https://a/t\\', [['bearer', { realm: 'https://a/t\\' }]]],
    ['Bearer realm=', [['bearer', { realm: '' }]]],
    ['Bearer =x, Basic realm="b"', [['basic', { realm: 'b' }]]],
    ['realm="https://a/t"', []],
    [',,, ,', []],
    ['"""', []],
    ['Bearer @@@, realm="https://a/t"', [['bearer', { realm: 'https://a/t' }]]],
    ['Bearer __proto__="x"', [['bearer', { ['__proto__']: 'x' }]]],
    ['\u0000\u0001', []],
  ])('%j', (header, expected) => {
    expect(plain(header)).toEqual(expected)
  })

  test('a hundred challenges are cut to sixteen', () => {
    expect(parseChallenges(Array.from({ length: 100 }, (_, i) => `S${i}`).join(', '))).toHaveLength(16)
  })
})

describe('the challenge to answer', () => {
  const refused = new URL('https://registry.example/v2/a/manifests/b')
  const choose = (header: string) => chooseChallenge(parseChallenges(header), refused)

  test.each<[string, string, unknown]>([
    ['bearer wins over basic', 'Basic realm="b", Bearer realm="https://a/t"', { kind: 'bearer' }],
    ['basic where there is no bearer', 'Negotiate, Basic realm="b"', { kind: 'basic' }],
    ['basic where bearer names no realm', 'Bearer service="s", Basic', { kind: 'basic' }],
    ['basic where the realm is no URL', 'Bearer realm="https://[", Basic', { kind: 'basic' }],
    [
      'scopes are split',
      'Bearer realm="https://a/t",scope="a:b:pull  c:d:pull"',
      { scopes: ['a:b:pull', 'c:d:pull'] },
    ],
    ['no scope is none', 'Bearer realm="https://a/t"', { scopes: [], service: undefined }],
  ])('%s', (_, header, expected) => {
    expect(choose(header)).toMatchObject(expected as object)
  })

  test.each([
    ['Bearer realm="/token"', 'https://registry.example/token'],
    ['Bearer realm="token"', 'https://registry.example/v2/a/manifests/token'],
    ['Bearer realm="//auth.example/t"', 'https://auth.example/t'],
  ])('a relative realm is resolved: %s', (header, realm) => {
    const chosen = choose(header)
    expect(chosen?.kind === 'bearer' && chosen.realm.href).toBe(realm)
  })

  test.each(['', 'Negotiate', 'Digest realm="d", qop="auth"'])('nothing known in %j', (header) => {
    expect(choose(header)).toBeUndefined()
  })
})
