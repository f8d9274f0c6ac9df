/** A user and password. */
export interface Login {
  readonly username: string
  readonly password: string
}

/** The one user of the `basic` and `token` registries. No secret: the registries live on loopback only. */
export const labLogin: Login = { username: 'archway', password: 'lab-password' }

/** The `Authorization` header of RFC 7617. */
export function basicAuthorization(login: Login): string {
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
}
