import { parseText, readBody } from '#lib/api/parse-request.ts'
import {
  awaitedResults,
  RESULT_MAX_BYTES,
  remoteResult,
  resultTaken,
  SIGNATURE_HEADER,
} from '#lib/api/remote-results.ts'
import { getContext } from '#lib/server/context.ts'
import { json, route } from '#lib/server/route.ts'
import { getAwaitedResults, submitResult } from '#lib/service/run/submit-result.ts'

export const GET = route<{ id: string }>(async ({ headers }, { id }) => {
  const credentials = { method: 'GET', body: '', signature: headers.get(SIGNATURE_HEADER) } as const
  return json(awaitedResults, await getAwaitedResults(await getContext(), id, credentials))
})

/** Signed with a key that no browser sends by itself, so it may come from anywhere. */
export const POST = route<{ id: string }>(async (request, { id }) => {
  const body = await readBody(request, RESULT_MAX_BYTES)
  const credentials = { method: 'POST', body, signature: request.headers.get(SIGNATURE_HEADER) } as const
  const taken = await submitResult(await getContext(), id, credentials, () => parseText(remoteResult, body))
  return json(resultTaken, taken, { status: 201 })
})
