import type { LastRunDto } from '#lib/api/runs.ts'
import type { ServiceContext } from './context.ts'
import { lastRunDto } from './run/run-dto.ts'

/** By digest the last run that came to a verdict, for a page of digests; none where nothing is kept. */
export async function lastRunsOf(
  { store }: ServiceContext,
  repository: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, LastRunDto>> {
  const found = (await store?.runs.lastOf(repository, digests)) ?? new Map()
  return new Map([...found].map(([digest, run]) => [digest, lastRunDto(run)]))
}
