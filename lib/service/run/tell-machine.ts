import type { Engine } from '#lib/engine/engine.ts'
import { type ProbeImage, type ProbeOptions, runSample } from '#lib/engine/probe/probe-engine.ts'
import { type MachineReport, readMachine } from '#lib/engine/probe/read-machine.ts'
import { type Platform, platformText } from '#lib/oci/platform.ts'

/** What the sample saw, or why it did not run: an emulator's own words, capped, foreign. */
export type ToldMachine =
  | { readonly kind: 'seen'; readonly report: MachineReport }
  | { readonly kind: 'refused'; readonly message: string | undefined }

/** What asking needs. */
export interface TellOptions extends ProbeOptions {
  /** The sample, read anew for each run. */
  readonly readProbeImages: (signal?: AbortSignal) => Promise<readonly ProbeImage[]>
  readonly env: Readonly<Record<string, string>>
}

const MESSAGE_MAX_LENGTH = 200

/** Runs the sample with these variables: whether an emulator took them is seen, not believed. Throws what the engine throws. */
export async function tellMachine(
  engine: Engine,
  platform: Platform,
  options: TellOptions,
): Promise<ToldMachine> {
  const images = await options.readProbeImages(options.signal)
  const image = images.find((each) => platformText(each.platform) === platformText(platform))
  if (image === undefined) return { kind: 'refused', message: undefined }
  const { outcome, output } = await runSample(engine, image, options)
  if (outcome.exitCode === 0) return { kind: 'seen', report: readMachine(output) }
  const [line = ''] = (outcome.startFailure?.message ?? output).trim().split('\n')
  return { kind: 'refused', message: line.slice(0, MESSAGE_MAX_LENGTH) || undefined }
}
