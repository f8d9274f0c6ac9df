import { type Platform, platformText } from '#lib/oci/platform.ts'
import type { Machine } from '#lib/report/machine.ts'
import type { EngineInfo } from '../engine.ts'
import type { RunOutcome } from '../run-outcome.ts'
import { describeMachine, readMachine } from './read-machine.ts'

/** Whether an engine runs a platform, and how. `cannot` says why. */
export type PlatformProbe =
  | {
      readonly platform: string
      readonly mode: 'native' | 'emulated'
      /** What the sample was told of the machine; absent when it was not asked. */
      readonly machine?: Machine | undefined
    }
  | {
      readonly platform: string
      readonly mode: 'cannot'
      readonly reason: string
      /** It could; the configuration does not give it this platform. */
      readonly withheld?: boolean
    }

/** What processors run beside their own: the kernel takes 32-bit programs of the same family. */
const ALSO_NATIVE: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] }

/** What a run of the sample says of an engine. Pure. */
export function judgeProbe(
  info: Pick<EngineInfo, 'architecture'>,
  platform: Platform,
  outcome: RunOutcome,
  output: string,
): PlatformProbe {
  const text = platformText(platform)
  const expected = `Running on ${platform.os}/${platform.architecture}`
  if (outcome.exitCode === 0 && output.split('\n').includes(expected)) {
    const mode = isNative(info.architecture, platform.architecture) ? 'native' : 'emulated'
    return {
      platform: text,
      mode,
      machine: describeMachine(readMachine(output), platform.architecture, mode),
    }
  }
  return { platform: text, mode: 'cannot', reason: reasonOf(info, platform, outcome) }
}

function reasonOf(info: Pick<EngineInfo, 'architecture'>, platform: Platform, outcome: RunOutcome): string {
  const { architecture } = platform
  if (outcome.timedOut) return `The sample for ${architecture} did not end in time.`
  if (!isNative(info.architecture, architecture) && (outcome.startFailure || outcome.outputBytes === 0)) {
    return (
      `No emulator for ${architecture} is registered on the engine’s machine (${info.architecture}). ` +
      'Install one there: qemu-user-static, or docker run --privileged --rm tonistiigi/binfmt --install all.'
    )
  }
  if (outcome.startFailure) return `The sample did not start: ${outcome.startFailure.message}`
  return `The sample ended with ${outcome.exitCode} and without the output it has.`
}

function isNative(engineArchitecture: string, architecture: string): boolean {
  return (
    engineArchitecture === architecture || (ALSO_NATIVE[engineArchitecture]?.includes(architecture) ?? false)
  )
}
