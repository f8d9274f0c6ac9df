import { describeMachine } from '#lib/engine/probe/read-machine.ts'
import type { Platform } from '#lib/oci/platform.ts'
import type { Machine } from '#lib/report/machine.ts'
import type { ChosenSeat } from './choose-seat.ts'

/**
 * What a program of the platform sees of the machine: as the probe has shown, else asked now, beside the job's other
 * work. Undefined where nobody can tell; never rejects.
 */
export async function seeMachine(
  { seat, mode, machine }: ChosenSeat,
  wanted: Platform,
  signal: AbortSignal | undefined,
): Promise<Machine | undefined> {
  if (machine) return machine
  const told = await seat.tellMachine?.(wanted, {}, signal).catch(() => undefined)
  return told?.kind === 'seen' ? describeMachine(told.report, wanted.architecture, mode) : undefined
}
