import { commandLine } from '#components/image/command-line.ts'
import { formatDuration } from '#components/ui/duration.ts'
import type { ReportDto } from '#lib/api/reports.ts'
import { overrideText } from '#lib/report/override-text.ts'
import { serviceDemands } from '#lib/report/service-text.ts'

/** Something that was asked of a run. */
export interface ProfileFact {
  readonly name: string
  readonly value: string
  /** Command line, pattern or value: foreign text in monospace. */
  readonly isCode?: boolean
}

type Profile = ReportDto['profile']

/** What was asked of a run beyond the image's own words, environment apart; what was not said has its default named. */
export function profileFacts(profile: Profile, origin?: ReportDto['profileOrigin']): ProfileFact[] {
  const { entrypoint, command, expectOutput, expectExitCode, service, timeoutMs, network } = profile
  const { limits, tests, files, platforms } = profile
  const facts: (ProfileFact | undefined)[] = [
    origin && { name: 'Profile of archway.yaml', value: originText(origin) },
    entrypoint && { name: 'Entrypoint', value: commandLine(entrypoint), isCode: true },
    command && { name: 'Command', value: commandLine(command), isCode: true },
    service
      ? { name: 'Expected', value: serviceDemands(service, formatDuration).join(', ') }
      : { name: 'Expected', value: `to end with exit code ${expectExitCode ?? 0}` },
    expectOutput === undefined ? undefined : { name: 'Output', value: expectOutput, isCode: true },
    timeoutMs === undefined ? undefined : { name: 'Time limit', value: formatDuration(timeoutMs) },
    files && { name: 'Files', value: Object.keys(files).join(', '), isCode: true },
    { name: 'Network', value: network ? 'allowed' : 'none' },
    limits?.memoryMiB === undefined ? undefined : { name: 'Memory', value: `${limits.memoryMiB} MiB` },
    limits?.pids === undefined ? undefined : { name: 'Processes', value: String(limits.pids) },
    profile.cpuFloor ? { name: 'Processors', value: 'each that an emulator offers' } : undefined,
    profile.pages64k ? { name: 'Pages', value: 'repeated with 64 KiB' } : undefined,
    tests === undefined ? undefined : { name: 'Tests', value: 'a container-structure-test file' },
    ...Object.entries(platforms ?? {}).map(([name, own]) => ({
      name,
      value: overrideText(own, formatDuration),
    })),
  ]
  return facts.filter((fact) => fact !== undefined)
}

/** Which profile was taken, and what the request stated otherwise. */
function originText({ name, overridden }: NonNullable<ReportDto['profileOrigin']>): string {
  return overridden.length === 0 ? name : `${name}, with ${overridden.join(', ')} as the run stated`
}
