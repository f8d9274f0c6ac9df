'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False in server-rendered markup and while it is taken over, true from then on: for what only a browser knows. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
