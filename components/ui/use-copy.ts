'use client'

import { useEffect, useState } from 'react'
import { announce } from './announce.ts'
import { copyText } from './copy-text.ts'

const SHOWN_MS = 1_600

/** A copy action and what came of the last one, which is forgotten after a moment. Says “Copied” aloud. */
export function useCopy(): { outcome: 'copied' | 'refused' | undefined; copy: (text: string) => void } {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = (text: string) => {
    void copyText(text).then((copied) => {
      setOutcome(copied ? 'copied' : 'refused')
      announce(copied ? 'Copied' : 'Copying was refused by the browser')
    })
  }
  return { outcome, copy }
}
