'use client'

import { useSyncExternalStore } from 'react'
import { fullTime, isoDate, relativeTime } from './relative-time.ts'

const MINUTE_MS = 60_000

/** Everybody who shows a time, and the one clock that ticks for them: a long table has many. */
const watchers = new Set<() => void>()
let clock: ReturnType<typeof setInterval> | undefined

function subscribeToMinutes(onChange: () => void): () => void {
  watchers.add(onChange)
  clock ??= setInterval(() => {
    for (const watcher of watchers) watcher()
  }, MINUTE_MS)
  return () => {
    watchers.delete(onChange)
    if (watchers.size > 0) return
    clearInterval(clock)
    clock = undefined
  }
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
