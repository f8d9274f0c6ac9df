import { AppError } from '#lib/errors/app-error.ts'
import type { ErrorCode } from '#lib/errors/error-table.ts'
import type { DockerApi } from './docker-api.ts'
import type { EngineAnswer } from './engine-http.ts'

/** The error of an answer whose status the caller did not expect, in the engine's own words. */
export function refusal(
  api: DockerApi,
  what: string,
  answer: EngineAnswer,
  code: ErrorCode = 'engine_refused',
) {
  const words = answer.message === '' ? `status ${answer.status}` : answer.message
  return new AppError(code, `The engine at ${api.address} refused to ${what}: ${words}`, {
    operatorDetail: `${what}: ${answer.status}`,
  })
}
