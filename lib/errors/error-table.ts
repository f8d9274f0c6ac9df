/** What an error code means at every door: HTTP status, CLI exit code, whether trying again can help, short title. */
export interface ErrorInfo {
  readonly status: number
  readonly exitCode: 2 | 64
  readonly retryable: boolean
  readonly title: string
}

const input = (title: string): ErrorInfo => ({ status: 400, exitCode: 64, retryable: false, title })
const answer = (status: number, title: string, retryable = false): ErrorInfo => ({
  status,
  exitCode: 2,
  retryable,
  title,
})

/** The closed union of error codes with their meaning. Everything Archway can fail with is a row here. */
export const ERROR_TABLE = {
  reference_invalid: input('Not an image reference'),
  digest_invalid: input('Not a digest'),
  platform_invalid: input('Not a platform'),
  request_invalid: input('The request is not understood'),
  usage: input('The command is not understood'),
  settings_invalid: answer(500, 'The settings are not valid'),
  listen_refused: answer(500, 'Listening here needs a decision'),

  manifest_unknown: answer(404, 'Not found in the registry'),
  repository_unknown: answer(404, 'The repository is not there'),
  blob_unknown: answer(404, 'A part of the image is not there'),
  not_found: answer(404, 'Not found'),
  unauthorised: answer(401, 'Sign-in needed'),
  forbidden: answer(403, 'No rights'),
  rate_limited: answer(429, 'The registry asks to wait', true),

  manifest_invalid: answer(422, 'The manifest is broken'),
  manifest_unsupported: answer(422, 'This kind of manifest is not supported'),
  manifest_too_large: answer(422, 'The manifest is too large'),
  config_invalid: answer(422, 'The image config is broken'),
  config_too_large: answer(422, 'The image config is too large'),
  index_too_large: answer(422, 'The index lists too many children'),
  index_too_deep: answer(422, 'The index is nested too deeply'),
  layer_truncated: answer(422, 'The layer ends too early'),
  layer_invalid: answer(422, 'The layer is broken'),
  layer_unsupported: answer(422, 'The layer is packed in a way that is not read'),
  layer_diff_id_mismatch: answer(422, 'The layer is not the one the config names'),
  layer_too_large: answer(422, 'The layer unpacks to too much'),
  layer_too_dense: answer(422, 'The layer is compressed too highly to be honest'),
  layer_entries_too_many: answer(422, 'The layer holds too many entries'),
  layer_entry_too_large: answer(422, 'A file in the layer is too large'),
  layer_path_too_long: answer(422, 'A path in the layer is too long'),
  digest_mismatch: answer(502, 'The bytes do not match their digest'),
  tags_too_many: answer(422, 'The repository lists too many tags'),

  registry_unavailable: answer(502, 'The registry cannot be reached', true),
  registry_timeout: answer(504, 'The registry did not answer in time', true),
  registry_protocol: answer(502, 'The registry gave an answer that makes no sense'),
  redirect_refused: answer(502, 'A redirect was refused'),
  tls_untrusted: answer(502, 'The registry’s certificate is not trusted'),
  address_refused: answer(403, 'This address may not be asked'),
  credentials_unavailable: answer(502, 'The credentials could not be read'),

  layout_refused: answer(403, 'This path may not be read'),
  layout_invalid: answer(422, 'Not a readable OCI layout'),

  engine_address_invalid: answer(500, 'The engine’s address cannot be used'),
  engine_unavailable: answer(502, 'The engine cannot be reached', true),
  engine_timeout: answer(504, 'The engine did not answer in time', true),
  engine_protocol: answer(502, 'The engine gave an answer that makes no sense'),
  engine_refused: answer(502, 'The engine refused'),
  registry_unseen: answer(502, 'The engine cannot reach the registry', true),
  image_pull_failed: answer(502, 'The engine could not pull the image'),
  image_broken: answer(422, 'The image is broken'),
  image_load_failed: answer(502, 'The engine could not load the image'),
  image_gone: answer(404, 'The image is no longer in the engine', true),
  container_refused: answer(502, 'The engine refused to make the container'),
  user_unknown: answer(422, 'The image’s user is not in the image'),
  working_dir_invalid: answer(422, 'The image’s working directory is no directory'),
  link_loop: answer(422, 'Links in the image lead in a circle'),
  container_gone: answer(404, 'The container is no longer in the engine', true),
  archive_too_large: answer(422, 'The file in the container is too large'),

  submission_refused: answer(403, 'The result was not taken'),
  submission_mismatch: answer(422, 'The result is of something else'),
  result_not_awaited: answer(409, 'No result is waited for'),
  runs_too_many: answer(429, 'Too many runs are waiting', true),
  run_key_conflict: answer(409, 'The key stands for another run'),

  store_unavailable: answer(500, 'The data folder cannot be used'),
  server_stopping: answer(503, 'Archway is stopping', true),
  cancelled: answer(499, 'Cancelled'),
  internal: answer(500, 'Something broke inside Archway'),
} as const satisfies Record<string, ErrorInfo>

/** Every code an `AppError` can carry. */
export type ErrorCode = keyof typeof ERROR_TABLE

/** The table row of a code. */
export function errorInfo(code: ErrorCode): ErrorInfo {
  return ERROR_TABLE[code]
}
