'use client'

import { useEffect, useState } from 'react'

/** The time in ms, often enough for a clock that ticks; undefined on the server and while nothing moves. */
export function useNow(isMoving: boolean, everyMs = 200): number | undefined {
  const [nowMs, setNowMs] = useState<number>()
  useEffect(() => {
    if (!isMoving) return
    const tick = () => setNowMs(Date.now())
    tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [isMoving, everyMs])
  return isMoving ? nowMs : undefined
}
