import { wholeSeconds } from '#components/ui/duration.ts'
import { overrideText } from '#lib/report/override-text.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'
import { serviceDemands } from '#lib/report/service-text.ts'

/** What was asked of a run, in few words; what is not said is the default. `text` is foreign. */
export function profileFacts(profile: RunProfile, removeImages = false): readonly string[] {
  const { entrypoint, command, env, expectOutput, expectExitCode, service, timeoutMs, network } = profile
  const { limits, tests, files, platforms } = profile
  const names = Object.keys(env ?? {})
  return [
    ...(service ? serviceDemands(service, wholeSeconds) : [`ends with exit code ${expectExitCode ?? 0}`]),
    ...(expectOutput === undefined ? [] : [`writes ${expectOutput}`]),
    ...(timeoutMs === undefined ? [] : [`within ${wholeSeconds(timeoutMs)}`]),
    ...(entrypoint === undefined ? [] : [`entrypoint ${entrypoint.join(' ')}`]),
    ...(command === undefined ? [] : [`command ${command.join(' ')}`]),
    ...(names.length === 0 ? [] : [`with ${names.join(', ')} set`]),
    ...(files === undefined ? [] : [`with ${Object.keys(files).join(', ')}`]),
    network ? 'on the network' : 'without network',
    ...(limits?.memoryMiB === undefined ? [] : [`within ${limits.memoryMiB} MiB`]),
    ...(limits?.pids === undefined ? [] : [`within ${limits.pids} processes`]),
    ...(profile.cpuFloor ? ['on several processors'] : []),
    ...(profile.pages64k ? ['with pages of 64 KiB'] : []),
    ...(tests === undefined ? [] : ['structure tests']),
    ...Object.entries(platforms ?? {}).map(
      ([platform, own]) => `${platform}: ${overrideText(own, wholeSeconds)}`,
    ),
    ...(removeImages ? ['images removed after'] : []),
  ]
}
