import { describeExpectedElf } from '#lib/image/elf-machine.ts'
import { type Platform, platformText } from '#lib/oci/platform.ts'
import { type Ending, ending } from '#lib/report/ending.ts'
import type { EngineSeat, EngineSeats } from './run-context.ts'

/** An engine for a platform, and how it will run it. */
export interface ChosenSeat {
  readonly seat: EngineSeat
  readonly mode: 'native' | 'emulated'
}

/**
 * The engine that runs a platform best: natively, then the first named. A platform that the probe has no sample for is
 * tried where Archway knows how its binaries look: an engine without an emulator then says so. Else why it is skipped.
 */
export function chooseSeat({ seats, problems }: EngineSeats, platform: Platform): ChosenSeat | Ending {
  const text = platformText(platform)
  const offers = seats.map((seat) => offerOf(seat, platform, text))
  const able = offers.filter((offer): offer is ChosenSeat => typeof offer === 'object')
  const best = able.find((offer) => offer.mode === 'native') ?? able[0]
  if (best) return best
  const message = offers.find((offer) => typeof offer === 'string') ?? problems[0]?.message
  return ending('skipped', seats.length === 0 ? 'no-engine' : 'not-offered', { message })
}

/** The offer, or why there is none. */
function offerOf(seat: EngineSeat, platform: Platform, text: string): ChosenSeat | string {
  const probe = seat.platforms.find((each) => each.platform === text)
  if (probe) return probe.mode === 'cannot' ? probe.reason : { seat, mode: probe.mode }
  const { os, architecture } = seat.info
  if (platform.os !== os) return `The engine ${seat.info.name} runs ${os} images only.`
  if (describeExpectedElf(platform) === undefined)
    return `Archway does not know how binaries for ${text} look.`
  return { seat, mode: platform.architecture === architecture ? 'native' : 'emulated' }
}
