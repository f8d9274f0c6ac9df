import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { EnginesResponse, ProbeRequestDto } from '#lib/api/engines.ts'
import { fetchJson } from './fetch-json.ts'

/** The API call for the engines. */
export const ENGINES_CALL_PATH = '/api/v1/engines'

/** An answer waits for those that are being asked, so this is no rush. */
const PROBING_MS = 1_000
/** One that is down may be started any moment. */
const UNAVAILABLE_MS = 15_000

/** The engines; asked again while one is being probed, and now and then while one is down or none is there. */
export const enginesOptions = queryOptions({
  queryKey: ['engines'] as const,
  queryFn: ({ signal }) => fetchJson<EnginesResponse>(ENGINES_CALL_PATH, { signal }),
  refetchInterval: ({ state }) => {
    const engines = state.data?.engines ?? []
    if (engines.some(({ probing }) => probing)) return PROBING_MS
    return engines.length === 0 || engines.some((each) => each.state === 'unavailable')
      ? UNAVAILABLE_MS
      : false
  },
})

/** Finds out anew what one engine can run, or all. The list has the answer at once. */
export const probeEnginesOptions = mutationOptions({
  mutationKey: ['engines', 'probe'] as const,
  mutationFn: (asked: ProbeRequestDto) =>
    fetchJson<EnginesResponse>(`${ENGINES_CALL_PATH}/probe`, { method: 'POST', body: asked }),
  onSuccess: (answer, _asked, _kept, { client }) => {
    client.setQueryData(enginesOptions.queryKey, answer)
  },
})
