import { commandLine } from '#components/image/command-line.ts'
import { formatDuration } from '#components/ui/duration.ts'
import { shellQuote } from '#components/ui/shell-quote.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import type { RerunnableReport } from './rerun-request.ts'

/** Something that was asked of a run. */
export interface ProfileFact {
  readonly name: string
  readonly value: string
  /** Command line, pattern or value: foreign text in monospace. */
  readonly isCode?: boolean
}

type Profile = ReportDto['profile']

/** What was asked of a run beyond the image's own words, environment apart; what was not said has its default named. */
export function profileFacts(profile: Profile): ProfileFact[] {
  const { entrypoint, command, expectOutput, expectExitCode, service, timeoutMs, network } = profile
  const facts: (ProfileFact | undefined)[] = [
    entrypoint && { name: 'Entrypoint', value: commandLine(entrypoint), isCode: true },
    command && { name: 'Command', value: commandLine(command), isCode: true },
    service
      ? { name: 'Expected', value: `still running after ${formatDuration(service.afterMs)}` }
      : { name: 'Expected', value: `to end with exit code ${expectExitCode ?? 0}` },
    expectOutput === undefined ? undefined : { name: 'Output', value: expectOutput, isCode: true },
    timeoutMs === undefined ? undefined : { name: 'Time limit', value: formatDuration(timeoutMs) },
    { name: 'Network', value: network ? 'allowed' : 'none' },
  ]
  return facts.filter((fact) => fact !== undefined)
}

/**
 * The command line that does the same again, environment values as variables of the shell so that no secret is in it;
 * undefined where the command line has no word for what was asked.
 */
export function validateLine(
  report: Pick<RerunnableReport, 'pinned' | 'jobs' | 'leftOut' | 'profile'>,
): string | undefined {
  const {
    entrypoint,
    command,
    env = {},
    expectOutput,
    expectExitCode,
    service,
    timeoutMs,
    network,
  } = report.profile
  if (entrypoint !== undefined || command !== undefined) return undefined
  const names = Object.keys(env)
  if (!names.every((name) => /^[A-Za-z_]\w*$/.test(name))) return undefined
  const platforms = report.leftOut.length === 0 ? [] : report.jobs.map(({ platform }) => platform)
  return [
    'archway validate',
    shellQuote(report.pinned),
    ...platforms.map((platform) => `--platform ${shellQuote(platform)}`),
    ...(expectOutput === undefined ? [] : [`--expect-output ${shellQuote(expectOutput)}`]),
    ...(expectExitCode === undefined ? [] : [`--expect-exit-code ${expectExitCode}`]),
    ...(service === undefined ? [] : [`--service ${service.afterMs / 1_000}`]),
    ...(timeoutMs === undefined ? [] : [`--timeout ${timeoutMs / 1_000}`]),
    ...names.map((name) => `--env ${name}="$${name}"`),
    ...(network ? ['--network'] : []),
  ].join(' ')
}
