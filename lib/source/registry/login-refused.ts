import { AppError } from '#lib/errors/app-error.ts'
import type { Credential } from './credentials.ts'

/** Where a login is needed. */
export interface LoginTarget {
  /** As the user writes it: `docker.io`, `localhost:5000`. */
  readonly registry: string
  /** Path of the repository. */
  readonly path: string
  /** Origin of the registry's API: the only one its login is sent to, besides the realm it names. */
  readonly origin: URL
}

/**
 * The error of a login that was refused or is missing: says whether Archway asked anonymously or where its login came
 * from, and what to do.
 */
export function loginRefused(
  { registry, path }: LoginTarget,
  credential: Credential,
  code: 'unauthorised' | 'forbidden' = 'unauthorised',
): AppError {
  const command = `\`docker login${registry === 'docker.io' ? '' : ` ${registry}`}\``
  if (credential.kind === 'anonymous') {
    return new AppError(code, `${registry} wants a sign-in for ${path}; Archway asked anonymously.`, {
      hint: `Check the name; if it is private, run ${command} on the machine and as the user Archway runs as.`,
    })
  }
  const text =
    code === 'forbidden'
      ? `${registry} denies access to ${path} with the login from ${credential.source}.`
      : `${registry} did not accept the login from ${credential.source} for ${path}.`
  return new AppError(code, text, {
    hint: `Run ${command} again on the machine Archway runs on, with an account that may read it.`,
  })
}
