import { describe, expect, onTestFinished, test } from 'vitest'
import type { Credential } from './credentials.ts'
import { createRegistryOpener } from './registry-opener.ts'
import { type FakeHandler, startFakeRegistry } from './testing/fake-registry.ts'
import { failureOf, openFake, passwordOf, storeOf } from './testing/open-fake.ts'
import { makeTestCertificate } from './testing/test-certificate.ts'

const user = passwordOf('user', 'pa:ss')
const identity: Credential = {
  kind: 'identity-token',
  username: '<token>',
  token: 'refresh-me',
  key: 'k',
  source: 'the credential helper docker-credential-x',
}

const unauthorised = (challenge: string, code = 'UNAUTHORIZED') =>
  Response.json(
    { errors: [{ code, message: 'authentication required' }] },
    {
      status: 401,
      headers: { 'www-authenticate': challenge },
    },
  )
const manifest = () => new Response('{}', { headers: { 'content-type': 'application/json' } })

interface FakeTokens {
  /** Challenge to send; `REALM` stands for the realm's URL. */
  readonly challenge?: string
  readonly token?: FakeHandler
  /** Whether the registry takes this `Authorization` header. */
  readonly accepts?: (authorization: string | null, request: Request) => boolean
}

/** A registry that hands its own tokens out at `/token`. */
async function tokenRegistry(
  { challenge = 'Bearer realm="REALM",service="fake",scope="repository:org/app:pull"', ...fake }: FakeTokens,
  credential?: Credential,
) {
  let issued = 0
  const token = fake.token ?? (() => Response.json({ token: `t${++issued}`, expires_in: 300 }))
  const accepts = fake.accepts ?? ((header) => header === `Bearer t${issued}` && issued > 0)
  const opened = await openFake(
    (request) => {
      if (new URL(request.url).pathname === '/token') return token(request)
      if (accepts(request.headers.get('authorization'), request)) return manifest()
      return unauthorised(challenge.replace('REALM', `${opened.registry.origin}/token`))
    },
    credential === undefined ? {} : { credentials: storeOf(credential) },
  )
  const paths = () => opened.registry.lines.map((line) => line.replace(/\?.*/, ''))
  const tokenRequests = () => opened.registry.requests.filter(({ url }) => url.includes('/token'))
  return { ...opened, paths, tokenRequests }
}

describe('anonymous', () => {
  test('nothing is sent where nothing is asked', async () => {
    const { source, registry } = await openFake(manifest, { credentials: storeOf(user) })
    await source.getManifest('1')
    expect(registry.requests[0]?.headers.get('authorization')).toBeNull()
  })

  test('a token is got without a login, and used at once from then on', async () => {
    const { source, paths, tokenRequests } = await tokenRegistry({})
    await source.getManifest('1')
    await source.getManifest('2')
    expect(paths()).toEqual([
      'GET /v2/org/app/manifests/1',
      'GET /token',
      'GET /v2/org/app/manifests/1',
      'GET /v2/org/app/manifests/2',
    ])
    const [asked] = tokenRequests()
    expect(asked?.headers.get('authorization')).toBeNull()
    expect(Object.fromEntries(new URL(asked?.url ?? '').searchParams)).toEqual({
      service: 'fake',
      scope: 'repository:org/app:pull',
      client_id: 'archway',
    })
  })

  test('a token that opens nothing is “sign in”, not another round', async () => {
    const { source, registry, paths } = await tokenRegistry({ accepts: () => false })
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'unauthorised',
      message: `${registry.host} wants a sign-in for org/app; Archway asked anonymously.`,
      hint: expect.stringContaining(`docker login ${registry.host}`),
    })
    expect(paths()).toHaveLength(3)
  })

  test('Basic without a login', async () => {
    const { source, registry } = await openFake(() => unauthorised('Basic realm="x"'))
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'unauthorised',
      message: expect.stringContaining('anonymously'),
    })
    expect(registry.lines).toHaveLength(1)
  })

  test.each([
    ['Negotiate', /\(negotiate\)/],
    ['', /without saying/],
    ['Bearer service="no realm"', /\(bearer\)/],
  ])('a challenge nobody can answer: %j', async (challenge, text) => {
    const { source } = await openFake(() => unauthorised(challenge))
    expect(await failureOf(source.getManifest('1'))).toMatchObject({
      code: 'unauthorised',
      message: expect.stringMatching(text),
    })
  })
})

describe('Basic', () => {
  test('is answered, and sent at once from then on', async () => {
    const expected = `Basic ${btoa('user:pa:ss')}`
    const { source, registry } = await openFake(
      ({ headers }) =>
        headers.get('authorization') === expected ? manifest() : unauthorised('Basic realm="x"'),
      { credentials: storeOf(user) },
    )
    await source.getManifest('1')
    await source.getManifest('2')
    expect(registry.lines).toHaveLength(3)
  })

  test('refused is told once, with where the login came from and never the password', async () => {
    const { source, registry } = await openFake(() => unauthorised('Basic realm="x"'), {
      credentials: storeOf(passwordOf('user', 'wr0ng')),
    })
    const error = await failureOf(source.getManifest('1'))
    expect(error).toMatchObject({
      code: 'unauthorised',
      message: expect.stringContaining('did not accept the login from Docker’s config.json'),
    })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('wr0ng')
    expect(registry.lines).toHaveLength(2)
  })

  test('logins that cannot be read are told only when one is wanted', async () => {
    const { AppError } = await import('#lib/errors/app-error.ts')
    const failure = new AppError('credentials_unavailable', 'docker-credential-x failed')
    let isPrivate = false
    const { source } = await openFake(() => (isPrivate ? unauthorised('Basic') : manifest()), {
      credentials: { lookup: () => Promise.reject(failure) },
    })
    await source.getManifest('1')
    expect(await source.credentialKey()).toBe('unavailable')
    isPrivate = true
    expect(await failureOf(source.getManifest('1'))).toBe(failure)
  })
})

describe('tokens', () => {
  test('are asked for with the login', async () => {
    const { source, tokenRequests } = await tokenRegistry({}, user)
    await source.getManifest('1')
    expect(tokenRequests()[0]?.headers.get('authorization')).toBe(`Basic ${btoa('user:pa:ss')}`)
  })

  test('one flight for many, one 401 each at most', async () => {
    const { source, tokenRequests } = await tokenRegistry({})
    await Promise.all(Array.from({ length: 40 }, (_, n) => source.getManifest(`t${n}`)))
    expect(tokenRequests()).toHaveLength(1)
  })

  test('a caller that gives up leaves the flight to the others', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { source, tokenRequests } = await tokenRegistry({
      token: async () => {
        await gate
        return Response.json({ token: 'late' })
      },
      accepts: (header) => header === 'Bearer late',
    })
    const controller = new AbortController()
    const first = failureOf(source.getManifest('1', { signal: controller.signal }))
    const second = source.getManifest('2')
    await expect.poll(() => tokenRequests().length).toBe(1)
    controller.abort()
    expect(await first).toMatchObject({ code: 'cancelled' })
    release()
    await second
    expect(tokenRequests()).toHaveLength(1)
  })

  test('that ran out early are dropped and renewed once', async () => {
    let valid = ''
    const { source, tokenRequests } = await tokenRegistry({
      token: () => {
        valid = `t${Math.random()}`
        return Response.json({ token: valid, expires_in: 3_600 })
      },
      accepts: (header) => valid !== '' && header === `Bearer ${valid}`,
    })
    await source.getManifest('1')
    valid = 'revoked'
    await source.getManifest('2')
    expect(tokenRequests()).toHaveLength(2)
  })

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

  test('challenge parameters in any order, an unknown challenge beside it, a relative realm', async () => {
    const { source, paths } = await tokenRegistry({
      challenge: 'Negotiate, Bearer scope="repository:org/app:pull" ,SERVICE=fake, realm="/token"',
    })
    await source.getManifest('1')
    expect(paths()).toContain('GET /token')
  })

  test('without a scope, this repository’s pull is asked for', async () => {
    const { source, tokenRequests } = await tokenRegistry({ challenge: 'Bearer realm="REALM"' })
    await source.getManifest('1')
    const { searchParams } = new URL(tokenRequests()[0]?.url ?? '')
    expect(searchParams.getAll('scope')).toEqual(['repository:org/app:pull'])
    expect(searchParams.has('service')).toBe(false)
  })

  test('scopes of one repository add up, so that listing and pulling share a token', async () => {
    const scopesOf = (header: string | null) => (header ?? '').replace('Bearer ', '').split('_')
    const opened = await openFake((request) => {
      const url = new URL(request.url)
      if (url.pathname === '/token') {
        return Response.json({
          token: url.searchParams
            .getAll('scope')
            .map((s) => s.split(':')[2])
            .join('_'),
        })
      }
      const wanted = url.pathname.endsWith('/tags/list') ? 'metadata' : 'pull'
      if (!scopesOf(request.headers.get('authorization')).includes(wanted)) {
        return unauthorised(`Bearer realm="/token",scope="repository:org/app:${wanted}"`)
      }
      return url.pathname.endsWith('/tags/list') ? Response.json({ tags: ['1'] }) : manifest()
    })
    const { source, registry } = opened
    for (let round = 0; round < 3; round++) {
      for await (const _ of source.listTags()) await source.getManifest('1')
    }
    expect(registry.lines.filter((line) => line.includes('/token'))).toHaveLength(2)
    expect(registry.lines).toHaveLength(3 * 2 + 2 * 2)
  })

  test('repositories do not share a token', async () => {
    const { source, open, tokenRequests } = await tokenRegistry({ challenge: 'Bearer realm="REALM"' })
    await source.getManifest('1')
    await open('org/other').getManifest('1')
    expect(tokenRequests().map(({ url }) => new URL(url).searchParams.get('scope'))).toEqual([
      'repository:org/app:pull',
      'repository:org/other:pull',
    ])
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

describe('logins stay where they belong', () => {
  test('a challenge from where a redirect led is not answered', async () => {
    await using store = await startFakeRegistry(() => unauthorised('Basic realm="give it to me"'))
    const { source } = await openFake(() => Response.redirect(`${store.origin}/x`), {
      credentials: storeOf(user),
    })
    expect(await failureOf(source.getManifest('1'))).toMatchObject({ code: 'unauthorised' })
    expect(store.requests.every(({ headers }) => headers.get('authorization') === null)).toBe(true)
    expect(store.lines).toHaveLength(1)
  })

  test('a token does not follow a redirect to another origin', async () => {
    await using store = await startFakeRegistry(() => manifest())
    const { source } = await openFake((request) => {
      if (new URL(request.url).pathname === '/token') return Response.json({ token: 't' })
      if (request.headers.get('authorization') === null) return unauthorised('Bearer realm="/token"')
      return Response.redirect(`${store.origin}/x`, 307)
    })
    await source.getManifest('1')
    expect(store.requests[0]?.headers.get('authorization')).toBeNull()
  })
})
