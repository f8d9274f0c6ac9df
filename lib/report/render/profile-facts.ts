import { overrideText } from '../override-text.ts'
import { type ProfileOrigin, type RunProfile, timeLimit } from '../run-profile.ts'
import { serviceDemands } from '../service-text.ts'
import { secondsText } from './report-words.ts'

/** What was asked of a run, as pairs of label and text, defaults included: what was not asked was not checked. */
export function profileFacts(
  profile: RunProfile,
  origin?: ProfileOrigin,
): readonly (readonly [string, string])[] {
  const { entrypoint, command, env, expectOutput, expectExitCode = 0, service, timeoutMs, network } = profile
  const { limits: { memoryMiB, pids } = {}, tests, files, platforms } = profile
  const words = (list: readonly string[]) => list.map((word) => JSON.stringify(word)).join(' ')
  const limit = limitText(timeoutMs)
  return [
    ...(origin === undefined ? [] : [['Profile', `${origin.name} of archway.yaml`] as const]),
    ...(entrypoint === undefined ? [] : [['Entrypoint', words(entrypoint)] as const]),
    ...(command === undefined ? [] : [['Command', words(command)] as const]),
    ...(env === undefined
      ? []
      : [
          [
            'Environment',
            Object.entries(env)
              .map(([name, value]) => `${name}=${value}`)
              .join(' '),
          ] as const,
        ]),
    service === undefined
      ? (['Expected', `ends with exit code ${expectExitCode} within ${limit}`] as const)
      : (['Expected', serviceDemands(service, secondsText).join(', ')] as const),
    [
      'Output',
      expectOutput === undefined ? 'anything: no text was expected' : `holds ${JSON.stringify(expectOutput)}`,
    ],
    ...(files === undefined ? [] : [['Files', Object.keys(files).join(', ')] as const]),
    ['Network', network === true ? 'allowed' : 'none'],
    ...(memoryMiB === undefined ? [] : [['Memory', `${memoryMiB} MiB`] as const]),
    ...(pids === undefined ? [] : [['Processes', String(pids)] as const]),
    ...(profile.cpuFloor ? [['Processors', 'each that an emulator offers'] as const] : []),
    ...(profile.pages64k ? [['Pages', 'repeated with 64 KiB'] as const] : []),
    ...(tests === undefined ? [] : [['Tests', 'a container-structure-test file'] as const]),
    ...Object.entries(platforms ?? {}).map(
      ([platform, own]) => [platform, overrideText(own, secondsText)] as const,
    ),
  ]
}

function limitText(timeoutMs: number | undefined): string {
  const native = timeLimit({ timeoutMs }, 'native').ms
  return `${secondsText(native)} (emulated ${secondsText(timeLimit({ timeoutMs }, 'emulated').ms)})`
}
