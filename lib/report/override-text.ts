import type { PlatformProfile } from './run-profile.ts'
import { serviceDemands } from './service-text.ts'

/** What one platform is asked otherwise, for people; values of variables and texts of files are not told. */
export function overrideText(own: PlatformProfile, duration: (ms: number) => string): string {
  const {
    entrypoint,
    command,
    env,
    expectOutput,
    expectExitCode,
    service,
    timeoutMs,
    network,
    limits,
    files,
  } = own
  const told = [
    ...(entrypoint ? [`entrypoint ${entrypoint.join(' ')}`] : []),
    ...(command ? [`command ${command.join(' ')}`] : []),
    ...(service ? serviceDemands(service, duration) : []),
    ...(expectExitCode === undefined ? [] : [`ends with exit code ${expectExitCode}`]),
    ...(expectOutput === undefined ? [] : [`writes ${expectOutput}`]),
    ...(timeoutMs === undefined ? [] : [`within ${duration(timeoutMs)}`]),
    ...(env ? [`with ${Object.keys(env).join(', ')} set`] : []),
    ...(files ? [`with ${Object.keys(files).join(', ')}`] : []),
    ...(network === undefined ? [] : [network ? 'on the network' : 'without network']),
    ...(limits?.memoryMiB === undefined ? [] : [`within ${limits.memoryMiB} MiB`]),
    ...(limits?.pids === undefined ? [] : [`within ${limits.pids} processes`]),
  ]
  return told.length === 0 ? 'nothing otherwise' : told.join(', ')
}
