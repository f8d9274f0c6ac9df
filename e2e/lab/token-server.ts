import { randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { basicAuthorization, labLogin } from './login.ts'
import { makeTokenKey, type TokenKey } from './token-key.ts'

/** How the server answers from now on. */
export interface TokenSettings {
  /** What the answer says of the token's life. */
  readonly expiresInSeconds: number
  /** How long the registry really accepts it; negative is long gone. The registry forgives 60 seconds. */
  readonly validForSeconds: number
  /** Waits this long before each answer, so that requests overlap. */
  readonly delayMs: number
}

/** One action list on one repository, as the scope `repository:NAME:pull,push` asks for it. */
export interface TokenAccess {
  readonly type: 'repository'
  readonly name: string
  readonly actions: readonly string[]
}

/** One request the server answered. */
export interface TokenRequest {
  readonly scopes: readonly string[]
  /** The user when the password was right; absent for anonymous and unknown users. */
  readonly username?: string
  readonly granted: readonly TokenAccess[]
  readonly status: number
}

/**
 * The token server of the `token` registry (distribution's token authentication). Anonymous and unknown
 * users get a token that may pull under `public/` and nothing else: less than asked for, and no error.
 * `labLogin` may do everything. A wrong password for its user is 401. POST (OAuth2) is 404.
 */
export interface TokenServer {
  /** The realm, `http://127.0.0.1:PORT/token`. */
  readonly url: string
  readonly service: string
  readonly issuer: string
  readonly certificateFile: string
  /** Every request since the start or `clearRequests`, oldest first. */
  readonly requests: readonly TokenRequest[]
  clearRequests(): void
  configure(settings: Partial<TokenSettings>): void
  /** A token for everything in one repository, made without a request. */
  mint(repository: string): string
  stop(): Promise<void>
}

const service = 'archway-lab-registry'
const issuer = 'archway-lab-token-server'
const defaults: TokenSettings = { expiresInSeconds: 300, validForSeconds: 300, delayMs: 0 }

/** Starts the token server on a free port, with a fresh key in the folder. */
export async function startTokenServer(
  folder: string,
  settings: Partial<TokenSettings> = {},
): Promise<TokenServer> {
  const key = await makeTokenKey(folder)
  const requests: TokenRequest[] = []
  let current: TokenSettings = { ...defaults, ...settings }

  const server = createServer(async (request, response) => {
    const { delayMs, expiresInSeconds, validForSeconds } = current
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const answer = decide(request)
    requests.push(answer)
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.status === 401 && { 'www-authenticate': 'Basic realm="archway-lab"' }),
    })
    if (answer.status !== 200) {
      response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'no token for you' }] }))
      return
    }
    const token = signToken(key, answer.granted, validForSeconds, answer.username)
    response.end(JSON.stringify({ token, expires_in: expiresInSeconds, issued_at: new Date().toISOString() }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')

  return {
    url: `http://127.0.0.1:${address.port}/token`,
    service,
    issuer,
    certificateFile: key.certificateFile,
    requests,
    clearRequests: () => requests.splice(0),
    configure(changes) {
      current = { ...current, ...changes }
    },
    mint: (name) =>
      signToken(key, [{ type: 'repository', name, actions: ['pull', 'push', 'delete'] }], 3_600),
    async stop() {
      server.closeAllConnections()
      await server[Symbol.asyncDispose]()
    },
  }
}

function decide(request: IncomingMessage): TokenRequest {
  const url = new URL(request.url ?? '/', 'http://lab')
  const scopes = url.searchParams.getAll('scope').flatMap((scope) => scope.split(' '))
  if (request.method !== 'GET' || url.pathname !== '/token') return { scopes, granted: [], status: 404 }
  const authorization = request.headers.authorization
  if (authorization === basicAuthorization(labLogin)) {
    const granted = scopes.flatMap((scope) => parseScope(scope))
    return { scopes, username: labLogin.username, granted, status: 200 }
  }
  if (claimsLabUser(authorization)) return { scopes, granted: [], status: 401 }
  const granted = scopes.flatMap((scope) => parseScope(scope)).flatMap(anonymousPart)
  return { scopes, granted, status: 200 }
}

function claimsLabUser(authorization: string | undefined): boolean {
  const encoded = authorization?.replace(/^Basic /i, '') ?? ''
  return Buffer.from(encoded, 'base64').toString().startsWith(`${labLogin.username}:`)
}

function parseScope(scope: string): TokenAccess[] {
  const [, name, actions] = /^repository:(.+):([a-z,*]+)$/.exec(scope) ?? []
  return name && actions ? [{ type: 'repository', name, actions: actions.split(',') }] : []
}

function anonymousPart(access: TokenAccess): TokenAccess[] {
  const pulls = access.name.startsWith('public/') && access.actions.includes('pull')
  return pulls ? [{ ...access, actions: ['pull'] }] : []
}

function signToken(
  key: TokenKey,
  access: readonly TokenAccess[],
  validForSeconds: number,
  subject = '',
): string {
  const now = Math.floor(Date.now() / 1_000)
  const expires = now + validForSeconds
  const issued = Math.min(now, expires) - 1
  const header = { typ: 'JWT', alg: 'RS256', x5c: [key.certificate] }
  const claims = {
    iss: issuer,
    sub: subject,
    aud: service,
    iat: issued,
    nbf: issued,
    exp: expires,
    jti: randomUUID(),
    access,
  }
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.privateKey).toString('base64url')}`
}
