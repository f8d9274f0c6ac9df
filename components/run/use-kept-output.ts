'use client'

import { useEffect, useRef, useState } from 'react'
import type { RunOutputDto } from '#lib/api/run-output.ts'
import type { OutputPartDto } from '#lib/api/runs.ts'
import { getRunOutput } from '#lib/client/run-queries.ts'

/** What is new is asked for no more often. */
const EVERY_MS = 1_000

/** All that is kept of an output while its program still writes. */
export interface KeptOutput {
  readonly parts: readonly OutputPartDto[]
  readonly limitBytes: number
  /** More than that was written, or is being written. */
  readonly isFull: boolean
}

interface KeptOutputOptions {
  /** Absent for an output that is whole already. */
  readonly runId: string | undefined
  readonly platform: string
  /** The end of it, as the events tell: when it moves, there is more. */
  readonly tail: readonly OutputPartDto[]
  readonly isOpen: boolean
}

/** All that a platform wrote so far, while somebody has it open; undefined until it is here, or when it cannot be had. */
export function useKeptOutput({ runId, platform, tail, isOpen }: KeptOutputOptions): KeptOutput | undefined {
  const [answers, setAnswers] = useState<readonly RunOutputDto[]>([])
  const latestTail = useRef(tail)
  latestTail.current = tail

  useEffect(() => {
    if (!isOpen || runId === undefined) return
    const stop = new AbortController()
    let cursor: string | undefined
    let seen: typeof tail | undefined
    let isAsking = false
    const ask = async () => {
      if (isAsking || seen === latestTail.current) return
      isAsking = true
      const now = latestTail.current
      try {
        const answer = await getRunOutput(runId, platform, cursor, stop.signal)
        seen = now
        cursor = answer.cursor
        setAnswers((before) => (answer.continues ? [...before, answer] : [answer]))
      } catch {
        // The end of it stays in sight; it is asked for again.
      } finally {
        isAsking = false
      }
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MS)
    return () => {
      clearInterval(timer)
      stop.abort()
      setAnswers([])
    }
  }, [isOpen, runId, platform])

  const latest = answers.at(-1)
  return (
    latest && {
      parts: answers.flatMap(({ parts }) => parts),
      limitBytes: latest.limitBytes,
      isFull: latest.isFull,
    }
  )
}
