import { describeExpectedElf } from '#lib/image/elf-machine.ts'
import { type Platform, platformText } from '#lib/oci/platform.ts'
import { type Ending, ending } from '#lib/report/ending.ts'
import type { Machine } from '#lib/report/machine.ts'
import { notGiven } from './meet-engine.ts'
import type { EngineSeat, EngineSeats } from './run-context.ts'

/** An engine for a platform, and how it will run it. */
export interface ChosenSeat {
  readonly seat: EngineSeat
  readonly mode: 'native' | 'emulated'
  /** A probe has shown it; otherwise the run itself will. */
  readonly isProbed: boolean
  /** What the sample saw there; absent when it was not run. */
  readonly machine?: Machine | undefined
}

/**
 * The engine that runs a platform best: natively, then the first named. A platform that was not probed is
 * tried where Archway knows how its binaries look; see `skipUnlessEmulated`. Else why it is skipped.
 */
export function chooseSeat({ seats, problems }: EngineSeats, platform: Platform): ChosenSeat | Ending {
  const text = platformText(platform)
  const offers = seats.map((seat) => offerOf(seat, platform, text))
  const able = offers.filter((offer): offer is ChosenSeat => typeof offer === 'object')
  const best = able.find((offer) => offer.mode === 'native') ?? able[0]
  if (best) return best
  if (seats.length === 0) {
    const [problem] = problems
    return ending('skipped', 'no-engine', { message: problem?.message, hint: problem?.hint })
  }
  const message = offers.find((offer) => typeof offer === 'string')
  return ending('skipped', 'not-offered', { message })
}

/** The offer, or why there is none. */
function offerOf(seat: EngineSeat, platform: Platform, text: string): ChosenSeat | string {
  const probe = seat.platforms.find((each) => each.platform === text)
  if (probe)
    return probe.mode === 'cannot'
      ? probe.reason
      : { seat, mode: probe.mode, isProbed: true, machine: probe.machine }
  if (seat.allowed?.includes(text) === false) return notGiven(seat.name)
  const { os, architecture } = seat.info
  if (platform.os !== os) return `The engine ${seat.info.name} runs ${os} images only.`
  if (describeExpectedElf(platform) === undefined)
    return `Archway does not know how binaries for ${text} look.`
  return { seat, mode: platform.architecture === architecture ? 'native' : 'emulated', isProbed: false }
}

/**
 * The ending of a run on an engine that was not probed: an engine that turns out to lack the emulator never offered
 * the platform.
 */
export function skipUnlessEmulated(
  found: Ending,
  { seat, isProbed }: ChosenSeat,
  platform: Platform,
): Ending {
  if (isProbed || found.reason !== 'no-emulator') return found
  const message =
    `No emulator for ${platform.architecture} is registered on the machine of ${seat.info.name}. ` +
    'Install one there: qemu-user-static, or docker run --privileged --rm tonistiigi/binfmt --install all.'
  return ending('skipped', 'not-offered', { message })
}
