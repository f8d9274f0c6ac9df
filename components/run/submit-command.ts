import { shellQuote } from '#components/ui/shell-quote.ts'
import type { RunDto } from '#lib/api/runs.ts'

/** The command line that runs these platforms elsewhere for a run that waits; `url` is quoted already. */
export function submitCommand(
  { pinned }: Pick<RunDto, 'pinned'>,
  platforms: readonly string[],
  url: string,
): string {
  const wanted = platforms.map((platform) => `--platform ${platform}`).join(' ')
  return [`archway validate ${shellQuote(pinned)}`, wanted, `--submit ${url}`].join(' \\\n  ')
}

type Job = Pick<RunDto['jobs'][number], 'platform' | 'digest' | 'execution'>

/** Platforms of a run that is over which nothing ran natively: another machine may. */
export function unprovenPlatforms({ jobs }: { readonly jobs: readonly Job[] }): readonly string[] {
  return jobs
    .filter(({ digest, execution }) => digest !== undefined && execution?.mode !== 'native')
    .map(({ platform }) => platform)
}
