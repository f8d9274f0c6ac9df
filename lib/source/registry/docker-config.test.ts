import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { parseDockerConfig } from './docker-config.ts'

const auth = (user: string, password = 'pw') => ({ auth: btoa(`${user}:${password}`) })
const userFor = (config: unknown, registry: string, path = 'org/app') =>
  parseDockerConfig(JSON.stringify(config)).loginFor(registry, path)?.username

describe('which login is meant for a repository', () => {
  test.each<[string, Record<string, unknown>, string, string, string | undefined]>([
    ['Docker Hub', { 'https://index.docker.io/v1/': auth('hub') }, 'docker.io', 'library/nginx', 'hub'],
    ['Docker Hub by name', { 'docker.io': auth('hub') }, 'docker.io', 'library/nginx', 'hub'],
    ['Docker Hub’s API host', { 'registry-1.docker.io': auth('hub') }, 'docker.io', 'a/b', 'hub'],
    [
      'what docker login writes wins',
      { 'docker.io': auth('other'), 'https://index.docker.io/v1/': auth('hub') },
      'docker.io',
      'a/b',
      'hub',
    ],
    ['a host', { 'quay.io': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['another host', { 'quay.io': auth('q') }, 'ghcr.io', 'org/app', undefined],
    ['a host with its port', { 'localhost:5000': auth('l') }, 'localhost:5000', 'a', 'l'],
    ['a host with another port', { 'localhost:5000': auth('l') }, 'localhost:5001', 'a', undefined],
    ['IPv6', { '[::1]:5000': auth('l') }, '[::1]:5000', 'a', 'l'],
    ['a URL', { 'https://quay.io': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['a URL with an API path', { 'https://quay.io/v2/': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['http', { 'http://quay.io/v1/': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['upper case', { 'Quay.IO': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['a namespace', { 'quay.io': auth('q'), 'quay.io/org': auth('org') }, 'quay.io', 'org/app', 'org'],
    ['another namespace', { 'quay.io': auth('q'), 'quay.io/org': auth('org') }, 'quay.io', 'other/app', 'q'],
    ['a neighbour of the namespace', { 'quay.io/org': auth('org') }, 'quay.io', 'organic/app', undefined],
    [
      'the longest',
      { 'quay.io/org/app': auth('app'), 'quay.io/org': auth('org') },
      'quay.io',
      'org/app',
      'app',
    ],
    ['an empty entry is none', { 'quay.io/org': {}, 'quay.io': auth('q') }, 'quay.io', 'org/app', 'q'],
    ['null is none', { 'quay.io': null }, 'quay.io', 'org/app', undefined],
    ['an entry of another shape is none', { 'quay.io': { auth: 5 } }, 'quay.io', 'org/app', undefined],
    ['a name and a password', { 'quay.io': { username: 'u', password: 'p' } }, 'quay.io', 'a', 'u'],
  ])('%s', (_, auths, registry, path, username) => {
    expect(userFor({ auths }, registry, path)).toBe(username)
  })

  test('passwords may hold colons, and trailing NULs are dropped', () => {
    const config = parseDockerConfig(JSON.stringify({ auths: { a: { auth: btoa('u:p:w\0\0') } } }))
    expect(config.loginFor('a', 'x')).toEqual({ kind: 'basic', username: 'u', password: 'p:w' })
  })

  test('an identity token comes before the password beside it', () => {
    const entry = { ...auth('<token>', ''), identitytoken: 'secret' }
    expect(parseDockerConfig(JSON.stringify({ auths: { a: entry } })).loginFor('a', 'x')).toEqual({
      kind: 'identity-token',
      username: '<token>',
      token: 'secret',
    })
  })
})

describe('which helper is asked', () => {
  const config = parseDockerConfig(
    JSON.stringify({ credsStore: 'store', credHelpers: { 'quay.io': 'quay', 'ghcr.io': '' } }),
  )
  test.each([
    ['quay.io', { name: 'quay', serverUrl: 'quay.io' }],
    ['ghcr.io', { name: 'store', serverUrl: 'ghcr.io' }],
    ['docker.io', { name: 'store', serverUrl: 'https://index.docker.io/v1/' }],
  ])('%s', (registry, helper) => {
    expect(config.helperFor(registry, 'a/b')).toEqual(helper)
  })

  test('none where none is named', () => {
    expect(parseDockerConfig('{"auths":{}}').helperFor('quay.io', 'a')).toBeUndefined()
    expect(parseDockerConfig('{"credsStore":""}').helperFor('quay.io', 'a')).toBeUndefined()
  })
})

describe('broken files are named and never quoted', () => {
  test.each([
    '',
    '{"auths": {"quay.io": {"auth": "c2VjcmV0',
    '[]',
    'null',
    '{"auths": 5}',
    '{"credHelpers": {"a": 5}}',
  ])('%j', (json) => {
    expect(() => parseDockerConfig(json)).toThrow(
      expect.objectContaining({
        code: 'credentials_unavailable',
        message: expect.not.stringContaining('c2Vj'),
      }),
    )
  })

  test.each(['%%%', btoa('no colon'), ''.padEnd(8, '=')])('auth %j', (encoded) => {
    const config = parseDockerConfig(JSON.stringify({ auths: { a: { auth: encoded } } }))
    expect(() => config.loginFor('a', 'x')).toThrow(AppError)
  })
})
