'use client'

import { formatDuration } from '#components/ui/duration.ts'
import type { LaneTime } from './lane-model.ts'
import { useNow } from './use-now.ts'

/** How long a job took; a clock that ticks while it goes on. */
export function LaneClock({ time }: { time: LaneTime | undefined }) {
  const nowMs = useNow(time?.kind === 'since')
  if (!time) return null
  if (time.kind === 'took') return formatDuration(time.durationMs)
  return nowMs === undefined ? null : formatDuration(nowMs - Date.parse(time.at))
}
