import { commandLine } from '#components/image/command-line.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { ReportDto } from '#lib/api/reports.ts'

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
