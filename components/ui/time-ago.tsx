'use client'

import { useSyncExternalStore } from 'react'
import { fullTime, isoDate, relativeTime } from './relative-time.ts'

const MINUTE_MS = 60_000

function subscribeToMinutes(onChange: () => void): () => void {
  const timer = setInterval(onChange, MINUTE_MS)
  return () => clearInterval(timer)
}

const thisMinute = () => Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS
const onServer = () => undefined

interface TimeAgoProps {
  /** ISO 8601. */
  readonly at: string
  /** Leaves “ago” out, for columns whose heading says it. */
  readonly bare?: boolean
  readonly className?: string
}

/** A time as distance from now; the date in server-rendered markup, so that both sides agree; UTC in the title. */
export function TimeAgo({ at, bare = false, className }: TimeAgoProps) {
  const nowMs = useSyncExternalStore<number | undefined>(subscribeToMinutes, thisMinute, onServer)
  const text = nowMs === undefined ? isoDate(at) : relativeTime(at, nowMs)
  return (
    <time dateTime={at} title={fullTime(at)} className={className}>
      {bare ? text.replace(/ ago$/, '') : text}
    </time>
  )
}
