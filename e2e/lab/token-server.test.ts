import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Lab, startLab } from './lab.ts'
import { basicAuthorization, type Login, labLogin } from './login.ts'
import { manifestAccept } from './media-type.ts'
import { ensurePackages } from './prepare.ts'
import { type SeededPrivate, seedPrivate } from './seed-private.ts'

const skipped = (await ensurePackages(['token'])).reason('token')

describe.skipIf(skipped !== undefined)(`token registry${skipped ? `: skipped, ${skipped}` : ''}`, () => {
  let lab: Lab
  let seeded: SeededPrivate
  beforeAll(async () => {
    lab = await startLab({ registries: ['token'] })
    seeded = await seedPrivate(lab.registry('token'))
  })
  afterAll(() => lab?.stop())
  beforeEach(() => {
    lab.tokenServer.clearRequests()
    lab.tokenServer.configure({ expiresInSeconds: 300, validForSeconds: 300, delayMs: 0 })
  })

  async function askToken(repository: string, login?: Login) {
    const url = new URL(lab.tokenServer.url)
    url.searchParams.set('service', lab.tokenServer.service)
    url.searchParams.set('scope', `repository:${repository}:pull`)
    const headers = login && { authorization: basicAuthorization(login) }
    const response = await fetch(url, { headers: { ...headers } })
    const body: { token?: string; expires_in?: number } = JSON.parse(await response.text())
    return { status: response.status, ...body }
  }

  async function pull(repository: string, token?: string) {
    const url = `${lab.registry('token').url}/v2/${repository}/manifests/${seeded.private.tag}`
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(url, { headers: { accept: manifestAccept, ...authorization } })
    await response.body?.cancel()
    return response
  }

  test('the challenge names the realm, the service and the scope', async () => {
    const challenge = (await pull('private/app')).headers.get('www-authenticate')
    const { url, service } = lab.tokenServer
    expect(challenge).toBe(`Bearer realm="${url}",service="${service}",scope="repository:private/app:pull"`)
  })

  test('anonymous users pull what is public', async () => {
    const { status, token } = await askToken('public/app')
    expect(status).toBe(200)
    expect((await pull('public/app', token)).status).toBe(200)
  })

  test.each([
    ['anonymous users', undefined],
    ['users it does not know', { username: 'stranger', password: 'any' }],
  ])('%s get a token without the private repository, and no error', async (_, login) => {
    const { status, token } = await askToken('private/app', login)
    expect(status).toBe(200)
    expect(lab.tokenServer.requests).toEqual([
      { scopes: ['repository:private/app:pull'], granted: [], status: 200 },
    ])
    expect((await pull('private/app', token)).status).toBe(401)
  })

  test('the login pulls what is private', async () => {
    const { token } = await askToken('private/app', labLogin)
    expect((await pull('private/app', token)).status).toBe(200)
    expect(lab.tokenServer.requests[0]).toMatchObject({ username: labLogin.username, status: 200 })
  })

  test('a wrong password is refused', async () => {
    expect((await askToken('private/app', { ...labLogin, password: 'wrong' })).status).toBe(401)
    expect(lab.tokenServer.requests).toMatchObject([{ granted: [], status: 401 }])
  })

  test('an expired token is refused with invalid_token, and the answer said how long it would live', async () => {
    lab.tokenServer.configure({ expiresInSeconds: 1, validForSeconds: -120 })
    const { token, expires_in } = await askToken('private/app', labLogin)
    expect(expires_in).toBe(1)
    const response = await pull('private/app', token)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('every request is counted, POST (OAuth2) is not served', async () => {
    await Promise.all([askToken('public/app'), askToken('public/app')])
    const post = await fetch(lab.tokenServer.url, { method: 'POST', body: 'grant_type=password' })
    expect(post.status).toBe(404)
    expect(lab.tokenServer.requests.map((request) => request.status)).toEqual([200, 200, 404])
  })
})
