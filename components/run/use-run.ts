'use client'

import { useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { ProblemDto } from '#lib/api/parts.ts'
import type { RunDto, RunEventDto } from '#lib/api/runs.ts'
import { watchRun } from '#lib/client/watch-run.ts'
import { runConclusion } from './run-conclusion.ts'
import { VERDICT_LOOKS } from './verdict-look.ts'

/** A stream that the browser gave up is opened anew after this time. */
const AGAIN_AFTER_MS = 4_000

/** A run as it is followed. */
export interface FollowedRun {
  readonly run: RunDto
  /** The connection broke; it is tried again all the time. What is shown may be old. */
  readonly isLost: boolean
  /** The server could not go on telling. */
  readonly problem: ProblemDto | undefined
  /** Puts in what a call answered. */
  readonly put: (run: RunDto) => void
  readonly retry: () => void
}

/** Whether nothing of a run will change any more. */
export function isOver({ state }: Pick<RunDto, 'state'>): boolean {
  return state === 'finished' || state === 'cancelled'
}

/** Follows a run from what the server rendered until it is over. Verdicts are said aloud, output is not. */
export function useRun(initial: RunDto): FollowedRun {
  const [run, setRun] = useState(initial)
  const [isLost, setLost] = useState(false)
  const [problem, setProblem] = useState<ProblemDto>()
  const [attempt, setAttempt] = useState(0)
  const { id } = initial
  const done = isOver(run)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens the stream anew
  useEffect(() => {
    if (done) return
    let again: ReturnType<typeof setTimeout> | undefined
    const stop = watchRun(id, {
      onRun: (next, event) => {
        setLost(false)
        setRun(next)
        sayAloud(event)
      },
      onProblem: setProblem,
      onLost: (isGivenUp) => {
        setLost(true)
        if (isGivenUp) again = setTimeout(() => setAttempt((was) => was + 1), AGAIN_AFTER_MS)
      },
    })
    return () => {
      clearTimeout(again)
      stop()
    }
  }, [id, attempt, done])

  return {
    run,
    isLost: isLost && !done,
    problem: done ? undefined : problem,
    put: setRun,
    retry: () => {
      setProblem(undefined)
      setAttempt((was) => was + 1)
    },
  }
}

function sayAloud(event: RunEventDto): void {
  if (event.event === 'job' && event.data.verdict) {
    announce(`${event.data.platform}: ${VERDICT_LOOKS[event.data.verdict].word}`)
  } else if (event.event === 'finished') {
    const conclusion = runConclusion(event.data)
    if (conclusion) announce(`The run is over. ${conclusion.lead} ${conclusion.text}`)
  }
}
