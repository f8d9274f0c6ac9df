import { describe, expect, onTestFinished, test } from 'vitest'
import type { Credential } from './credentials.ts'
import { createRegistryOpener } from './registry-opener.ts'
import { startFakeRegistry } from './testing/fake-registry.ts'
import { failureOf, openFake, passwordOf, storeOf } from './testing/open-fake.ts'
import { makeTestCertificate } from './testing/test-certificate.ts'
import { tokenRegistry, unauthorised } from './testing/token-registry.ts'

const user = passwordOf('user', 'pa:ss')
const identity: Credential = {
  kind: 'identity-token',
  username: '<token>',
  token: 'refresh-me',
  key: 'k',
  source: 'the credential helper docker-credential-x',
}

describe('how long a token lives', () => {
  test.each([
    ['300 seconds, renewed five early', { expires_in: 300 }, 294_000, 296_000],
    ['no word of it: sixty', {}, 54_000, 56_000],
    ['fewer than sixty count as sixty', { expires_in: 1 }, 54_000, 56_000],
    ['a number in quotes', { expires_in: '300' }, 294_000, 296_000],
    ['nonsense: sixty', { expires_in: 'soon' }, 54_000, 56_000],
  ])('life of %s', async (_, life, stillMs, renewedMs) => {
    for (const [passedMs, requests] of [
      [stillMs, 1],
      [renewedMs, 2],
    ] as const) {
      const { source, clock, tokenRequests } = await tokenRegistry({
        token: () => Response.json({ token: 't', ...life }),
        accepts: (header) => header === 'Bearer t',
      })
      await source.getManifest('1')
      clock.pass(passedMs)
      await source.getManifest('2')
      expect(tokenRequests()).toHaveLength(requests)
    }
  })

  test('an age is counted by the server’s own clock', async () => {
    const { source, clock, tokenRequests } = await tokenRegistry({
      token: () =>
        Response.json(
          { token: 't', expires_in: 300, issued_at: '2001-01-01T00:00:00Z' },
          { headers: { date: 'Mon, 01 Jan 2001 00:03:20 GMT' } },
        ),
      accepts: (header) => header === 'Bearer t',
    })
    await source.getManifest('1')
    clock.pass(90_000)
    await source.getManifest('2')
    expect(tokenRequests()).toHaveLength(1)
    clock.pass(10_000)
    await source.getManifest('3')
    expect(tokenRequests()).toHaveLength(2)
  })
})

describe('identity tokens', () => {
  test('are exchanged by POST', async () => {
    let form: URLSearchParams | undefined
    const { source, paths } = await tokenRegistry(
      {
        token: async (request) => {
          form = new URLSearchParams(await request.text())
          return Response.json({ access_token: 't' })
        },
        accepts: (header) => header === 'Bearer t',
      },
      identity,
    )
    await source.getManifest('1')
    expect(paths()).toContain('POST /token')
    expect(Object.fromEntries(form ?? [])).toEqual({
      grant_type: 'refresh_token',
      client_id: 'archway',
      refresh_token: 'refresh-me',
      service: 'fake',
      scope: 'repository:org/app:pull',
    })
  })

  test.each([404, 405])('by GET where POST is %d', async (status) => {
    const { source, tokenRequests } = await tokenRegistry(
      {
        token: ({ method }) =>
          method === 'POST' ? new Response(null, { status }) : Response.json({ token: 't' }),
        accepts: (header) => header === 'Bearer t',
      },
      identity,
    )
    await source.getManifest('1')
    expect(tokenRequests().map(({ method }) => method)).toEqual(['POST', 'GET'])
    expect(tokenRequests()[1]?.headers.get('authorization')).toBe(`Basic ${btoa('<token>:refresh-me')}`)
  })

  test.each([400, 401])('refused with %d', async (status) => {
    const { source } = await tokenRegistry({ token: () => new Response('{}', { status }) }, identity)
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'unauthorised',
      message: expect.stringContaining('docker-credential-x'),
    })
  })
})

describe('token servers that misbehave', () => {
  test.each<[string, () => Response, string, Credential | undefined]>([
    ['401 for a login', () => new Response('{}', { status: 401 }), 'unauthorised', user],
    ['401 for nobody', () => new Response('{}', { status: 401 }), 'unauthorised', undefined],
    ['403', () => new Response('{}', { status: 403 }), 'forbidden', user],
    ['404', () => new Response('{}', { status: 404 }), 'registry_protocol', user],
    ['429', () => new Response('', { status: 429, headers: { 'retry-after': '60' } }), 'rate_limited', user],
    ['500', () => new Response('', { status: 500 }), 'registry_unavailable', user],
    ['no JSON', () => new Response('token'), 'registry_protocol', user],
    ['a web page', () => new Response('<!doctype html>'), 'registry_protocol', user],
    ['no token', () => Response.json({ expires_in: 5 }), 'registry_protocol', user],
    ['null', () => Response.json(null), 'registry_protocol', user],
    ['an empty token', () => Response.json({ token: '' }), 'registry_protocol', user],
    ['a token no header can carry', () => Response.json({ token: 'a\r\nb: c' }), 'registry_protocol', user],
    ['a flood', () => new Response(' '.repeat((1 << 20) + 1)), 'registry_protocol', user],
  ])('%s', async (_, token, code, credential) => {
    const { source } = await tokenRegistry({ token }, credential)
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code })
  })

  test('what they answer is not quoted', async () => {
    const { source } = await tokenRegistry({ token: () => new Response('{"token": s3cret}') }, user)
    const error = await failureOf(source.getManifest('1'))
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s3cret')
  })

  test.each([
    ['metadata', 'https://169.254.169.254/token'],
    ['metadata by name', 'http://metadata.google.internal/token'],
    ['a login in the realm', 'https://user:pw@auth.example/token'],
    ['another protocol', 'file:///etc/passwd'],
  ])('a realm that leads to %s is not asked', async (_, realm) => {
    const { source } = await tokenRegistry({ challenge: `Bearer realm="${realm}"` }, user)
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code: 'address_refused' })
  })

  test('a realm at a private address is not asked when Archway serves a network', async () => {
    const { source } = await openFake(() => unauthorised('Bearer realm="https://10.0.0.1/token"'), {
      addressPolicy: { servesLoopbackOnly: false, allowHosts: ['127.0.0.1'] },
    })
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code: 'address_refused' })
  })
})

test('a realm without TLS is not asked for a registry with TLS, not even on loopback', async () => {
  const { key, cert } = makeTestCertificate('registry.example')
  await using tokens = await startFakeRegistry(() => Response.json({ token: 't' }))
  const realm = `${tokens.origin}/token`
  await using registry = await startFakeRegistry(() => unauthorised(`Bearer realm="${realm}"`), { key, cert })
  const opener = createRegistryOpener({
    addressPolicy: { servesLoopbackOnly: true, allowHosts: [] },
    insecureHosts: [],
    caCertificates: [cert],
    proxy: {},
    userAgent: 'archway-test',
    credentials: storeOf(user),
    resolveAll: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
  })
  onTestFinished(() => opener.close())
  const host = registry.host.replace('127.0.0.1', 'registry.example')
  const source = opener.open({ kind: 'registry', registry: host, path: 'org/app' })
  expect(await failureOf(source.getManifest('1'))).toMatchObject({
    code: 'address_refused',
    message: expect.stringContaining('without TLS'),
  })
  expect(tokens.lines).toEqual([])
})
