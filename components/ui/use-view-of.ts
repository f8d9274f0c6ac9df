'use client'

import { type RefObject, useEffect, useRef } from 'react'

/** For the line that an address leads to: brings it into view once it is there, and again wherever the address leads next. */
export function useViewOf<T extends Element>(
  target: string | undefined,
  isThere: boolean,
): RefObject<T | null> {
  const place = useRef<T>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element itself changes with these alone
  useEffect(() => {
    if (isThere) place.current?.scrollIntoView({ block: 'center' })
  }, [isThere, target])
  return place
}
