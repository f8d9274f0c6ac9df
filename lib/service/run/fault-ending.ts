import type { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import { type Ending, type EndingReason, ending } from '#lib/report/ending.ts'
import type { Verdict } from '#lib/report/verdict.ts'

/** Errors that say something of the image itself. Everything else is the witness’s. */
const IMAGE_FAULTS: Partial<Readonly<Record<ErrorCode, EndingReason>>> = {
  manifest_unknown: 'not-in-registry',
  blob_unknown: 'not-in-registry',
  digest_mismatch: 'broken-image',
  manifest_invalid: 'broken-image',
  manifest_unsupported: 'broken-image',
  config_invalid: 'broken-image',
  image_broken: 'broken-image',
  user_unknown: 'no-such-user',
  working_dir_invalid: 'start-refused',
}

/** Errors of the way into the engine. */
const PULL_FAULTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'image_pull_failed',
  'image_load_failed',
  'registry_unseen',
  'registry_unavailable',
  'registry_timeout',
  'registry_protocol',
  'rate_limited',
  'unauthorised',
  'forbidden',
  'credentials_unavailable',
  'manifest_too_large',
  'config_too_large',
  'tls_untrusted',
  'address_refused',
  'redirect_refused',
  'repository_unknown',
])

/** The ending of a job that an error ended, of an image that cannot be read or an engine that failed. */
export function faultEnding(error: AppError): Ending {
  const imageFault = IMAGE_FAULTS[error.code]
  const verdict: Verdict = imageFault ? 'failed' : 'inconclusive'
  const reason = imageFault ?? (PULL_FAULTS.has(error.code) ? 'pull-failed' : 'engine-failed')
  return ending(verdict, reason, { code: error.code, message: error.message, hint: error.hint })
}
