import type { Credential } from '../credentials.ts'
import type { FakeHandler } from './fake-registry.ts'
import { openFake, storeOf } from './open-fake.ts'

/** A 401 with this challenge. */
export const unauthorised = (challenge: string, code = 'UNAUTHORIZED') =>
  Response.json(
    { errors: [{ code, message: 'authentication required' }] },
    {
      status: 401,
      headers: { 'www-authenticate': challenge },
    },
  )
/** Some manifest. */
export const anyManifest = () => new Response('{}', { headers: { 'content-type': 'application/json' } })

/** How a fake registry with tokens behaves. */
export interface FakeTokens {
  /** Challenge to send; `REALM` stands for the realm's URL. */
  readonly challenge?: string
  /** Answers `/token`; `t1`, `t2`, … for five minutes where absent. */
  readonly token?: FakeHandler
  /** Whether the registry takes this `Authorization` header; the token handed out last where absent. */
  readonly accepts?: (authorization: string | null, request: Request) => boolean
}

/** A registry that hands its own tokens out at `/token`. */
export async function tokenRegistry(
  { challenge = 'Bearer realm="REALM",service="fake",scope="repository:org/app:pull"', ...fake }: FakeTokens,
  credential?: Credential,
) {
  let issued = 0
  const token = fake.token ?? (() => Response.json({ token: `t${++issued}`, expires_in: 300 }))
  const accepts = fake.accepts ?? ((header) => header === `Bearer t${issued}` && issued > 0)
  const opened = await openFake(
    (request) => {
      if (new URL(request.url).pathname === '/token') return token(request)
      if (accepts(request.headers.get('authorization'), request)) return anyManifest()
      return unauthorised(challenge.replace('REALM', `${opened.registry.origin}/token`))
    },
    credential === undefined ? {} : { credentials: storeOf(credential) },
  )
  const paths = () => opened.registry.lines.map((line) => line.replace(/\?.*/, ''))
  const tokenRequests = () => opened.registry.requests.filter(({ url }) => url.includes('/token'))
  return { ...opened, paths, tokenRequests }
}
