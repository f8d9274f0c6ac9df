import { describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors/app-error.ts'
import { startFakeRegistry } from './testing/fake-registry.ts'
import { failureOf, openFake, passwordOf, storeOf } from './testing/open-fake.ts'
import { anyManifest, tokenRegistry, unauthorised } from './testing/token-registry.ts'

const user = passwordOf('user', 'pa:ss')

describe('anonymous', () => {
  test('nothing is sent where nothing is asked', async () => {
    const { source, registry } = await openFake(anyManifest, { credentials: storeOf(user) })
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
        headers.get('authorization') === expected ? anyManifest() : unauthorised('Basic realm="x"'),
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
    const failure = new AppError('credentials_unavailable', 'docker-credential-x failed')
    let isPrivate = false
    const { source } = await openFake(() => (isPrivate ? unauthorised('Basic') : anyManifest()), {
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
      return url.pathname.endsWith('/tags/list') ? Response.json({ tags: ['1'] }) : anyManifest()
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
    await using store = await startFakeRegistry(() => anyManifest())
    const { source } = await openFake((request) => {
      if (new URL(request.url).pathname === '/token') return Response.json({ token: 't' })
      if (request.headers.get('authorization') === null) return unauthorised('Bearer realm="/token"')
      return Response.redirect(`${store.origin}/x`, 307)
    })
    await source.getManifest('1')
    expect(store.requests[0]?.headers.get('authorization')).toBeNull()
  })
})
