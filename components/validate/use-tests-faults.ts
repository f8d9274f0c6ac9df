'use client'

import { useEffect, useState } from 'react'
import type { StructureFault } from '#lib/structure/structure-faults.ts'

/** Nobody is told of a mistake while still typing it. */
const REST_MS = 400

/**
 * Everything that is wrong in a container-structure-test file, by the parser that a run uses. It is fetched when the
 * first text is there; where it cannot be, the run’s start tells the same.
 */
export function useTestsFaults(text: string): readonly StructureFault[] {
  const [faults, setFaults] = useState<readonly StructureFault[]>([])
  useEffect(() => {
    if (text.trim() === '') {
      setFaults([])
      return
    }
    let isLeft = false
    const timer = setTimeout(async () => {
      const parser = await import('#lib/structure/structure-faults.ts').catch(() => undefined)
      if (!isLeft && parser) setFaults(parser.structureFaults(text))
    }, REST_MS)
    return () => {
      isLeft = true
      clearTimeout(timer)
    }
  }, [text])
  return faults
}
